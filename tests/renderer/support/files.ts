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

/** A JPEG as a telephone makes it: the sensor's pixels, and Exif (CIPA DC-008) that says how it was held and where. */
export async function photograph(page: Page, width: number, height: number): Promise<Buffer> {
  const base64 = await page.evaluate(
    async ([width, height]) => {
      const canvas = new OffscreenCanvas(width, height)
      const context = canvas.getContext('2d')!
      context.fillStyle = '#2e5c8a'
      context.fillRect(0, 0, width, height / 2)
      const blob = await canvas.convertToBlob({ type: 'image/jpeg' })
      return btoa(String.fromCharCode(...new Uint8Array(await blob.arrayBuffer())))
    },
    [width, height] as const,
  )
  const pixels = Buffer.from(base64, 'base64')
  // One directory of two: orientation 6 (turned to the right), and a description that names the place.
  const place = Buffer.from('52.0907 N 5.1214 E\0', 'latin1')
  const directory = Buffer.alloc(8 + 2 + 2 * 12 + 4)
  directory.write('MM', 0, 'latin1')
  directory.writeUInt16BE(42, 2)
  directory.writeUInt32BE(8, 4)
  directory.writeUInt16BE(2, 8)
  for (const [at, [tag, type, count, value]] of [
    [0x010e, 2, place.length, directory.length],
    [0x0112, 3, 1, 6 << 16],
  ].entries() as ArrayIterator<[number, [number, number, number, number]]>) {
    directory.writeUInt16BE(tag, 10 + at * 12)
    directory.writeUInt16BE(type, 12 + at * 12)
    directory.writeUInt32BE(count, 14 + at * 12)
    directory.writeUInt32BE(value, 18 + at * 12)
  }
  const exif = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), directory, place])
  const segment = Buffer.from([0xff, 0xe1, (exif.length + 2) >> 8, (exif.length + 2) & 0xff])
  return Buffer.concat([pixels.subarray(0, 2), segment, exif, pixels.subarray(2)])
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
