// npm run pictures -- [FOLDER] [NAME ...]
// Every scene in both languages and themes and in five widths, with sheets to look over: FOLDER/index.html, and FOLDER/sheets.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { scenes } from './scenes/index.ts'
import { type Language, openScene } from './scenes/scene.ts'
import { smallWidths, widths } from './scenes/widths.ts'
import { openStage } from './support/page.ts'
import { type Picture, writeSheets } from './support/sheets.ts'

const [folder = 'out/pictures', ...names] = process.argv.slice(2)
mkdirSync(folder, { recursive: true })
const stage = await openStage(process.env.BUILT ? { folder: process.env.BUILT } : 'build')
const taken: Picture[] = []
const failed: string[] = []
try {
  for (const [name, scene] of Object.entries(scenes)) {
    if (names.length > 0 && !names.includes(name)) continue
    for (const language of ['en', 'zh'] as Language[]) {
      try {
        const desk = await openScene(stage, scene, { language })
        for (const [width, height] of scene.small ? smallWidths : [...widths, ...smallWidths]) {
          await desk.page.setViewportSize({ width, height })
          for (const theme of ['light', 'dark'] as const) {
            desk.core.preferences({ theme })
            await desk.page.locator(`html[data-theme=${theme}]`).waitFor()
            await desk.page.clock.runFor(1000)
            const file = `${name}-${language}-${theme}-${width}.png`
            writeFileSync(join(folder, file), await desk.page.screenshot({ animations: 'disabled' }))
            taken.push({ name, language, theme, width, height, file })
          }
        }
        await desk.close()
      } catch (error) {
        failed.push(`${name} ${language}: ${(error as Error).message.split('\n')[0]}`)
        console.error(failed.at(-1))
      }
    }
    console.log(name)
  }
  await writeSheets(stage.browser, folder, taken)
} finally {
  await stage.close()
}
console.log(`${taken.length} pictures in ${folder}`)
if (failed.length > 0) process.exitCode = 1
