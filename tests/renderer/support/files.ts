// Files as a core keeps them: in pieces, under their SHA-256, read back for drafts and items. And pictures to put in.
import { createHash } from 'node:crypto'
import { crc32, deflateSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import { failed, ok } from '#shared/protocol/fault.ts'
import type { ScriptedCore } from './scripted-core.ts'

/** From now on the core takes files. @returns their bytes by hash */
export function keepsFiles(core: ScriptedCore): Map<string, Uint8Array> {
  const open = new Map<string, { name: string; type: string; size: number; bytes: Buffer }>()
  const kept = new Map<string, Uint8Array>()
  core.answer('attachmentBegin', (file: { name: string; type: string; size: number }) => {
    const uploadId = `upload-${open.size}`
    open.set(uploadId, { ...file, bytes: Buffer.alloc(0) })
    return ok({ uploadId })
  })
  core.answer('attachmentWrite', ({ uploadId, bytes }: { uploadId: string; bytes: Uint8Array }) => {
    const file = open.get(uploadId)!
    file.bytes = Buffer.concat([file.bytes, bytes])
    return ok(null)
  })
  core.answer('attachmentFinish', ({ uploadId }: { uploadId: string }) => {
    const { bytes, ...file } = open.get(uploadId)!
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    kept.set(sha256, new Uint8Array(bytes))
    return ok({ sha256, ...file })
  })
  const read = ({ sha256 }: { sha256: string }) => {
    const bytes = kept.get(sha256)
    return bytes ? ok({ name: '', type: '', bytes }) : failed('not-found')
  }
  core.answer('draftFileRead', read)
  core.answer('attachmentRead', read)
  return kept
}

/** A PNG (RFC 2083) of a screen with a bar at the top and a button that matters. */
export function screenshot(width: number, height: number): Buffer {
  const rows = Buffer.alloc(height * (width * 3 + 1))
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) rows.set(colour(x / width, y / height), y * (width * 3 + 1) + 1 + x * 3)
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 2], 8)
  const signature = Buffer.from('89504e470d0a1a0a', 'hex')
  const parts = [chunk('IHDR', head), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]
  return Buffer.concat([signature, ...parts])
}

function colour(x: number, y: number): [number, number, number] {
  if (y < 0.14) return [46, 92, 138]
  if (x > 0.62 && x < 0.9 && y > 0.68 && y < 0.86) return [204, 47, 40]
  return Math.floor(y * 12) % 2 === 0 && x > 0.08 && x < 0.55 ? [200, 204, 210] : [240, 242, 245]
}

function chunk(name: string, data: Buffer): Buffer {
  const whole = Buffer.alloc(12 + data.length)
  whole.writeUInt32BE(data.length, 0)
  whole.write(name, 4, 'latin1')
  whole.set(data, 8)
  whole.writeUInt32BE(crc32(whole.subarray(4, 8 + data.length)), 8 + data.length)
  return whole
}

export interface Picked {
  name: string
  type: string
  bytes: Uint8Array
}

const given = ({ name, type, bytes }: Picked) => ({
  name,
  type,
  base64: Buffer.from(bytes).toString('base64'),
})

/** Pastes files where the focus is, with whatever else the clipboard holds. */
export const pasteFiles = (page: Page, files: Picked[], texts: Record<string, string> = {}): Promise<void> =>
  page.evaluate(
    ({ files, texts }) => {
      const clipboardData = new DataTransfer()
      for (const [type, text] of Object.entries(texts)) clipboardData.setData(type, text)
      for (const { name, type, base64 } of files)
        clipboardData.items.add(
          new File([Uint8Array.from(atob(base64), sign => sign.charCodeAt(0))], name, { type }),
        )
      document.activeElement?.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
      )
    },
    { files: files.map(given), texts },
  )

/** Drops files on a point of the page. */
export const dropFiles = (page: Page, point: { x: number; y: number }, files: Picked[]): Promise<void> =>
  page.evaluate(
    ({ files, x, y }) => {
      const dataTransfer = new DataTransfer()
      for (const { name, type, base64 } of files)
        dataTransfer.items.add(
          new File([Uint8Array.from(atob(base64), sign => sign.charCodeAt(0))], name, { type }),
        )
      const told = { dataTransfer, bubbles: true, cancelable: true, clientX: x, clientY: y }
      const target = document.elementFromPoint(x, y)
      for (const kind of ['dragover', 'drop']) target?.dispatchEvent(new DragEvent(kind, told))
    },
    { files: files.map(given), ...point },
  )
