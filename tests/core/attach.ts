import type { Attachment } from '#shared/model/item.ts'
import type { Page } from './page.ts'

/** A file put in as the page does it, in pieces. */
export async function attach(page: Page, bytes: Uint8Array, name = 'invoice 发票.pdf'): Promise<Attachment> {
  const { uploadId } = await page.ask('attachmentBegin', {
    name,
    type: 'application/pdf',
    size: bytes.length,
  })
  for (let offset = 0; offset < bytes.length; offset += 300_000)
    await page.ask('attachmentWrite', { uploadId, offset, bytes: bytes.slice(offset, offset + 300_000) })
  return { ...(await page.ask('attachmentFinish', { uploadId })), contentId: null }
}
