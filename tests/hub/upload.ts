import { createHash } from 'node:crypto'
import type { Attachment } from '#shared/model/item.ts'
import type { Desk, TestHub } from './hub.ts'

/** A file as an agent's desk uploads it, in one request; ready to be referred to. */
export async function upload(
  hub: TestHub,
  desk: Desk,
  name: string,
  type: string,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<Attachment> {
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const word = (text: string): string => Buffer.from(text).toString('base64')
  const { status } = await fetch(`${hub.url}/v1/uploads`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${desk.session.accessToken}`,
      'tus-resumable': '1.0.0',
      'upload-length': String(bytes.length),
      'upload-metadata': `sha256 ${word(sha256)},name ${word(name)},type ${word(type)}`,
      'content-type': 'application/offset+octet-stream',
    },
    body: bytes,
  })
  if (status !== 201) throw new Error(`the upload was answered ${status}`)
  return { sha256, name, type, size: bytes.length, contentId: null }
}
