// Draws every icon of the desk from skein.svg: `node build/icons/draw.ts`, needed only when the mark changes.
// .ico and .icns are plain containers of PNGs, so both are written here.
import { readFileSync, writeFileSync } from 'node:fs'
import { chromium } from 'playwright-core'
import { chromiumArgs, findChromium } from '../scripts/chromium.ts'

const here = import.meta.dirname
const mark = readFileSync(`${here}/skein.svg`, 'utf8')
const executablePath = findChromium()
const browser = await chromium.launch({
  args: chromiumArgs,
  ...(executablePath === undefined ? {} : { executablePath }),
})
const page = await browser.newPage()

const draw = async (svg: string, size: number): Promise<Buffer> => {
  await page.setViewportSize({ width: size, height: size })
  await page.setContent(`<style>*{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`)
  return page.screenshot({ omitBackground: true, type: 'png' })
}

/** The mark on its paper; macOS wants air around the tile, the others do not. */
const tile = (air: number): string => {
  const side = 1024 - 2 * air
  const inner = mark.replace(
    '<svg ',
    `<svg x="${air + side * 0.14}" y="${air + side * 0.17}" width="${side * 0.72}" height="${side * 0.72}" `,
  )
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1024 1024"><rect x="${air}" y="${air}" width="${side}" height="${side}" rx="${side * 0.225}" fill="#F3F1ED"/>${inner}</svg>`
}

/** One ink, with real gaps where strands cross: macOS colours template images itself. */
const template = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><mask id="m"><rect width="32" height="32" fill="#fff"/>
  <path d="M7.5 11.6C7.5 17.5 14.5 22.5 24 22.5" fill="none" stroke="#000" stroke-width="7"/></mask><g fill="none" stroke="#000" stroke-width="3.2">
  <path mask="url(#m)" d="M2.5 22.5H8C17.5 22.5 24.5 17.5 24.5 11.6C24.5 7.4 20.8 4.6 16 4.6C11.2 4.6 7.5 7.4 7.5 11.8"/>
  <path d="M7.5 11.4C7.5 17.5 14.5 22.5 24 22.5H29.5"/></g></svg>`

const ico = (images: [number, Buffer][]): Buffer => {
  const head = Buffer.alloc(6 + 16 * images.length)
  head.writeUInt16LE(1, 2)
  head.writeUInt16LE(images.length, 4)
  let at = head.length
  images.forEach(([size, png], index) => {
    const entry = 6 + 16 * index
    head.writeUInt8(size % 256, entry) // 0 means 256
    head.writeUInt8(size % 256, entry + 1)
    head.writeUInt16LE(1, entry + 4)
    head.writeUInt16LE(32, entry + 6)
    head.writeUInt32LE(png.length, entry + 8)
    head.writeUInt32LE(at, entry + 12)
    at += png.length
  })
  return Buffer.concat([head, ...images.map(([, png]) => png)])
}

const icns = (images: [string, Buffer][]): Buffer => {
  const parts = images.map(([type, png]) => {
    const head = Buffer.alloc(8)
    head.write(type, 'latin1')
    head.writeUInt32BE(png.length + 8, 4)
    return Buffer.concat([head, png])
  })
  const head = Buffer.alloc(8)
  head.write('icns', 'latin1')
  head.writeUInt32BE(8 + parts.reduce((sum, part) => sum + part.length, 0), 4)
  return Buffer.concat([head, ...parts])
}

const sized = <Name>(svg: string, sizes: [Name, number][]): Promise<[Name, Buffer][]> =>
  sizes.reduce<Promise<[Name, Buffer][]>>(
    async (done, [name, size]) => [...(await done), [name, await draw(svg, size)]],
    Promise.resolve([]),
  )

const save = (name: string, bytes: Buffer): void => writeFileSync(`${here}/${name}`, bytes)

save('icon.png', await draw(tile(0), 512))
save(
  'icon.ico',
  ico(
    await sized(
      tile(0),
      [16, 24, 32, 48, 64, 128, 256].map(size => [size, size]),
    ),
  ),
)
save(
  'icon.icns',
  icns(
    await sized(tile(100), [
      ['ic11', 32],
      ['ic12', 64],
      ['ic07', 128],
      ['ic08', 256],
      ['ic09', 512],
      ['ic10', 1024],
    ]),
  ),
)
save('tray.png', await draw(mark.replace('stroke="#F3F1ED" stroke-width="7"', 'stroke="none"'), 16))
save('tray@2x.png', await draw(mark.replace('stroke="#F3F1ED" stroke-width="7"', 'stroke="none"'), 32))
save('trayTemplate.png', await draw(template, 16))
save('trayTemplate@2x.png', await draw(template, 32))
await browser.close()
