// Sheets of many small pictures, so that one look finds the one that is wrong.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'

export interface Picture {
  name: string
  language: string
  theme: string
  width: number
  height: number
  file: string
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
const page = (body: string): string =>
  `<!doctype html><meta charset="utf-8"><title>Skein</title><style>
  body{font:12px/16px sans-serif;background:#8c877d;margin:12px;color:#fff}
  section{display:grid;grid-template-columns:repeat(3,1fr);gap:12px}h2{font-size:14px;margin:12px 0 4px}
  figure{margin:0}img{width:100%;display:block}</style>${body}`

/** To a sheet: what a person can still read. */
const AT_ONCE = 6

/**
 * FOLDER/index.html with all of them, and in FOLDER/sheets a PNG for every six of one look.
 * @param pictures files of theirs are in the folder already
 */
export async function writeSheets(
  browser: Browser,
  folder: string,
  pictures: readonly Picture[],
): Promise<void> {
  const sheets = join(folder, 'sheets')
  mkdirSync(sheets, { recursive: true })
  const byName = Map.groupBy(pictures, ({ name }) => name)
  writeFileSync(
    join(folder, 'index.html'),
    page(
      [...byName]
        .map(
          ([name, all]) =>
            `<h2>${escaped(name)}</h2><section>${all.map(({ file }) => `<figure><a href="${file}"><img loading="lazy" src="${file}"></a>${escaped(file)}</figure>`).join('')}</section>`,
        )
        .join(''),
    ),
  )
  const view = await browser.newPage({ viewport: { width: 1920, height: 100 } })
  const byLook = Map.groupBy(pictures, ({ language, theme, width }) => `${language}-${theme}-${width}`)
  for (const [look, all] of byLook)
    for (let from = 0; from < all.length; from += AT_ONCE) {
      const figures = all.slice(from, from + AT_ONCE).map(({ name, file }) => {
        const data = readFileSync(join(folder, file)).toString('base64')
        return `<figure>${escaped(name)}<img src="data:image/png;base64,${data}"></figure>`
      })
      await view.setContent(page(`<section>${figures.join('')}</section>`))
      const number = String(from / AT_ONCE + 1).padStart(2, '0')
      writeFileSync(join(sheets, `${look}-${number}.png`), await view.screenshot({ fullPage: true }))
    }
  await view.close()
}
