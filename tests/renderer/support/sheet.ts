// Several pictures on one sheet, as a PNG with a palette: a third of the size, and nobody sees the difference on an interface.
import { crc32, deflateSync } from 'node:zlib'
import type { Browser } from 'playwright-core'

/** Two in a row, in their own size, with a little room between them. */
export async function sheetOf(browser: Browser, pictures: Buffer[]): Promise<Buffer> {
  const page = await browser.newPage()
  try {
    const { width, height, pixels, palette } = await page.evaluate(
      paint,
      pictures.map(picture => picture.toString('base64')),
    )
    return png(width, height, Buffer.from(pixels, 'base64'), Buffer.from(palette, 'base64'))
  } finally {
    await page.close()
  }
}

/** In the page: the pictures on a canvas, its 256 commonest colours, and for every pixel the nearest of them. */
async function paint(
  pictures: string[],
): Promise<{ width: number; height: number; pixels: string; palette: string }> {
  const gap = 8
  const images = await Promise.all(
    pictures.map(async picture => {
      const image = new Image()
      image.src = `data:image/png;base64,${picture}`
      await image.decode()
      return image
    }),
  )
  const { width: w, height: h } = images[0]!
  const columns = Math.min(2, images.length)
  const canvas = document.createElement('canvas')
  canvas.width = columns * w + (columns - 1) * gap
  canvas.height = Math.ceil(images.length / columns) * (h + gap) - gap
  const context = canvas.getContext('2d')!
  context.fillStyle = '#8c877d'
  context.fillRect(0, 0, canvas.width, canvas.height)
  for (const [index, image] of images.entries())
    context.drawImage(image, (index % columns) * (w + gap), Math.floor(index / columns) * (h + gap))
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height)

  const counts = new Map<number, number>()
  const colourAt = (at: number): number => (data[at]! << 16) | (data[at + 1]! << 8) | data[at + 2]!
  for (let at = 0; at < data.length; at += 4) counts.set(colourAt(at), (counts.get(colourAt(at)) ?? 0) + 1)
  // A colour much like one that is chosen adds nothing; few, but different ones (an icon, a chip) must not fall out.
  const chosen: number[] = []
  const far = (a: number, b: number): number =>
    Math.abs((a >> 16) - (b >> 16)) +
    Math.abs(((a >> 8) & 255) - ((b >> 8) & 255)) +
    Math.abs((a & 255) - (b & 255))
  const common = [...counts].sort(([, one], [, other]) => other - one).map(([colour]) => colour)
  for (const apart of [14, 4, 1])
    for (const colour of common)
      if (chosen.length < 256 && chosen.every(other => far(colour, other) >= apart)) chosen.push(colour)
  const nearest = new Map<number, number>()
  for (const colour of common) {
    let best = 0
    for (let index = 1; index < chosen.length; index++)
      if (far(colour, chosen[index]!) < far(colour, chosen[best]!)) best = index
    nearest.set(colour, best)
  }
  const pixels = new Uint8Array(data.length / 4)
  for (let at = 0; at < pixels.length; at++) pixels[at] = nearest.get(colourAt(at * 4))!
  const palette = new Uint8Array(chosen.flatMap(colour => [colour >> 16, (colour >> 8) & 255, colour & 255]))
  const base64 = (bytes: Uint8Array): string => {
    let text = ''
    for (let at = 0; at < bytes.length; at += 8192)
      text += String.fromCharCode(...bytes.subarray(at, at + 8192))
    return btoa(text)
  }
  return { width: canvas.width, height: canvas.height, pixels: base64(pixels), palette: base64(palette) }
}

/** PNG, third edition: IHDR with colour type 3, PLTE, IDAT of unfiltered lines, IEND. */
function png(width: number, height: number, pixels: Buffer, palette: Buffer): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 3, 0, 0, 0], 8)
  const lines = Buffer.alloc(height * (width + 1))
  for (let line = 0; line < height; line++)
    pixels.copy(lines, line * (width + 1) + 1, line * width, (line + 1) * width)
  return Buffer.concat([
    Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]),
    chunk('IHDR', header),
    chunk('PLTE', palette),
    chunk('IDAT', deflateSync(lines, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(name: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), body])
  const whole = Buffer.alloc(named.length + 8)
  whole.writeUInt32BE(body.length, 0)
  named.copy(whole, 4)
  whole.writeUInt32BE(crc32(named), named.length + 4)
  return whole
}
