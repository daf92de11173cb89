// node tests/renderer/pictures.ts FOLDER [NAME ...]
// The scenes that docs/ shows, each in one look, and every state of sync as a sheet of four: NAME `states` makes all of those,
// `state-held` one. All scenes in all looks: npm run pictures.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findChromium } from '../../build/scripts/chromium.ts'
import { scenes } from './scenes/index.ts'
import { type Look, openScene } from './scenes/scene.ts'
import { smallWidths } from './scenes/widths.ts'
import { openStage } from './support/page.ts'
import { sheetOf } from './support/sheet.ts'
import { states } from './support/states.ts'

type Shown = Partial<Look> & { scene: string }

const dark = { theme: 'dark' } as const
const zh = { language: 'zh' } as const
/** Everything twice as large, in a window of 1366 by 768 and in the smallest. */
const [twice, smallest] = smallWidths.map(([width, height]) => ({ width, height }))
const of = (scene: string, look: Partial<Look> = {}): Shown => ({ scene, ...look })

/** A scene of the same name, in light and English. */
const plain = [
  ...['macro', 'macros-settings', 'composer', 'merge', 'erase', 'profile', 'customer-fields', 'cards'],
  ...['connections', 'connection-tried', 'notifications', 'arrived', 'later', 'planned', 'hand-over', 'side'],
  ...['handed-over', 'outbox', 'split', 'settings', 'keys', 'sign-in', 'import'],
]
const pictures: Record<string, Shown | Shown[]> = {
  ...Object.fromEntries(plain.map(name => [name, of(name)])),
  'desk-light': of('desk'),
  'desk-dark': of('thread-plain', dark),
  'desk-light-zh': of('thread-plain', zh),
  'desk-dark-zh': of('thread-offline', { ...zh, ...dark }),
  'macro-held-zh': of('macro-held', { ...zh, ...dark, width: 960, height: 640 }),
  'mention-zh': of('mention', zh),
  pictures: of('pictures'),
  'pictures-dark-zh': of('pictures', { ...zh, ...dark }),
  'shared-draft': of('shared-draft'),
  'shared-draft-theirs-dark-zh': of('shared-draft-theirs', { ...zh, ...dark, width: 1000, height: 640 }),
  'pictures-narrow': of('pictures', { width: 1000, height: 640 }),
  'pictures-sent': of('pictures-sent'),
  'pictures-sent-dark-zh': of('pictures-sent', { ...zh, ...dark, width: 900, height: 600 }),
  'picture-refused': of('picture-refused'),
  'forward-zh': of('forward', { ...zh, ...dark }),
  'face-light': of('face'),
  'face-dark': of('face', dark),
  'face-light-zh': of('face', zh),
  'face-dark-zh': of('face', { ...zh, ...dark }),
  compact: of('thread-plain', { density: 'compact' }),
  narrow: of('thread-plain', { width: 1000, height: 640 }),
  smallest: of('thread-offline', { ...zh, width: 900, height: 600 }),
  wide: of('thread-plain', { width: 1920, height: 1080 }),
  'narrow-side': of('side-over', { width: 1000, height: 640 }),
  'one-column': ['list', 'views-drawer', 'thread-small', 'customers'].map(name => of(name, twice)),
  'one-column-dark-zh': ['list', 'thread-offline', 'customers-chosen', 'settings'].map(name =>
    of(name, { ...zh, ...dark, ...smallest }),
  ),
  search: of('palette-found'),
  'merged-dark-zh': of('merged', { ...zh, ...dark }),
  'customer-export': of('customer-export', { width: 900, height: 700 }),
  'erase-dark-zh': of('erase', { ...zh, ...dark }),
  'profile-dark-zh': of('profile-add', { ...zh, ...dark }),
  'customer-field-dark-zh': of('customer-field', { ...zh, ...dark }),
  'cards-dark-zh': of('cards-old', { ...zh, ...dark }),
  'connection-dark-zh': of('connection', { ...zh, ...dark }),
  'notifications-dark-zh': of('notifications-quiet', { ...zh, ...dark, width: 1000, height: 900 }),
  'arrived-dark-zh': of('arrived', { ...zh, ...dark }),
  'waits-now-dark-zh': of('waits-now', { ...zh, ...dark }),
  'composer-chat': of('composer-chat'),
  'pop-out': of('pop-out', { width: 940, height: 760 }),
  'pop-out-dark-zh': of('pop-out', { ...zh, ...dark, width: 1240, height: 760 }),
  'later-dark-zh': of('later', { ...zh, ...dark }),
  'planned-dark-zh': of('planned', { ...zh, ...dark }),
  'hand-over-dark-zh': of('hand-over', { ...zh, ...dark }),
  'side-dark-zh': of('side', { ...zh, ...dark }),
  'handed-over-dark-zh': of('handed-over', { ...zh, ...dark }),
  'tour-dark-zh': of('tour', { ...zh, ...dark }),
  'chosen-conversations': of('list-chosen'),
  'view-dialog-dark-zh': of('view-dialog', { ...zh, ...dark, width: 1000, height: 640 }),
  'import-dark-zh': of('import-check', { ...zh, ...dark, width: 1000, height: 720 }),
  'finder-dark-zh': of('finder-nothing', { ...zh, ...dark }),
  empty: of('list-empty'),
  'sign-in-dark-zh': of('sign-in-refused', { ...zh, ...dark }),
}

const [folder, ...names] = process.argv.slice(2)
if (!folder) {
  console.error('node tests/renderer/pictures.ts FOLDER [NAME ...]')
  process.exit(1)
}
mkdirSync(folder, { recursive: true })
// Letters stand finer in the whole browser than in the engine alone, which the tests open.
const whole = findChromium()
if (whole) process.env.CHROMIUM ??= whole
const stage = await openStage()
const take = async (scene: string, look: Look): Promise<Buffer> => {
  const desk = await openScene(stage, scenes[scene]!, look)
  const picture = await desk.page.screenshot({ animations: 'disabled' })
  await desk.close()
  return picture
}
const write = async (name: string, taken: Buffer[]): Promise<void> => {
  const file = join(folder, `${name}.png`)
  writeFileSync(file, await sheetOf(stage.browser, taken))
  console.log(file)
}
try {
  for (const [name, shown] of Object.entries(pictures)) {
    if (names.length > 0 && !names.includes(name)) continue
    const taken: Buffer[] = []
    for (const { scene, ...look } of [shown].flat())
      taken.push(await take(scene, { language: 'en', scale: 1.25, ...look }))
    await write(name, taken)
  }
  for (const name of Object.keys(states).map(state => `state-${state}`)) {
    if (names.length > 0 && !names.includes('states') && !names.includes(name)) continue
    const taken: Buffer[] = []
    for (const language of ['en', 'zh'] as const)
      for (const theme of ['light', 'dark'] as const)
        taken.push(await take(name, { language, theme, width: 900, height: 600 }))
    await write(name, taken)
  }
} finally {
  await stage.close()
}
