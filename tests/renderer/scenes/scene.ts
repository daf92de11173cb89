// A scene is a screen of the desk in one of its states, and how a person gets there. One list of them (scenes/index.ts) feeds the
// pictures, axe, and the tests of what fits, of zoom, of the focus and of motion (everyone/).
import type { Page } from 'playwright-core'
import type { DeskPage, Stage } from '../support/page.ts'
import type { ScriptedCore } from '../support/scripted-core.ts'
import { withHeldReply, withThread } from '../support/threads.ts'
import { thursday, veloform } from '../support/veloform.ts'
import type { World } from '../support/world.ts'
import { smallWidths, widths } from './widths.ts'

export type Language = 'en' | 'zh'

export interface Hands {
  page: Page
  core: ScriptedCore
  world: World
  language: Language
  /** What is called so in the language spoken. */
  say<T>(en: T, zh: T): T
}

export interface Scene {
  /** Instead of the usual desk with one thread. */
  whole?(language: Language): World
  /** Rows besides. */
  rows?(world: World, language: Language): void
  signedIn?: false
  /** Without a hub for three minutes, one reply held. */
  offline?: true
  /** A moment during which nothing is in the list yet. */
  empty?: true
  /** Only where there is room for one column. */
  small?: true
  prepare?(core: ScriptedCore, language: Language, world: World): void
  act?(hands: Hands): Promise<unknown>
}

export interface Look {
  language: Language
  theme?: 'light' | 'dark'
  density?: 'compact'
  width?: number
  height?: number
  scale?: number
}

/** Opens the desk and goes to where the scene is. */
export async function openScene(
  stage: Pick<Stage, 'open'>,
  scene: Scene,
  look: Look,
): Promise<DeskPage & { world: World }> {
  const [wide, high] = (scene.small ? smallWidths : widths)[0]
  const { language, theme = 'light', density, width = wide, height = high, scale = 1 } = look
  const world = scene.whole?.(language) ?? withThread(veloform(language), language)
  if (scene.offline) withHeldReply(world)
  scene.rows?.(world, language)
  const desk = await stage.open(world, {
    ...{ width, height, scale, signedIn: scene.signedIn ?? true },
    prepare: core => {
      core.preferences({
        ...{ theme, language: language === 'zh' ? 'zh-CN' : 'en', density: density ?? 'comfortable' },
      })
      if (scene.offline) core.sync(threeMinutesOffline)
      scene.prepare?.(core, language, world)
    },
  })
  try {
    desk.page.setDefaultTimeout(15_000)
    if (scene.signedIn !== false && !scene.empty) await desk.page.getByRole('option').first().waitFor()
    const { page, core } = desk
    await scene.act?.({ page, core, world, language, say: (en, zh) => (language === 'zh' ? zh : en) })
    // What comes in has come to rest.
    await page.clock.runFor(3000)
    return { ...desk, world }
  } catch (error) {
    await desk.close()
    throw error
  }
}

const threeMinutesOffline = {
  ...{ phase: 'offline' as const, offlineSince: thursday - 180_000, lastContactAt: thursday - 180_000 },
  ...{ currentAt: thursday - 180_000, retryAt: thursday + 14_000, waiting: 2, held: 1 },
}

/** Opens the third customer, whom the threads are about, from the list. */
export async function third({ page, say }: Pick<Hands, 'page' | 'say'>): Promise<void> {
  await page
    .getByRole('option', { name: say(/Amara/, /赵明轩/) })
    .first()
    .click()
  await page.locator('[data-keys=composer] .comp-text').first().waitFor()
}

export const press = async (page: Page, ...keys: string[]): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key)
}

/** Whoever sits there may set up everything. */
export const administered = (world: World): void =>
  void world.put('agent', { ...world.one('agent', world.agentId)!, role: 'administrator' })

/** A button of the interface, by its name in both languages. */
export const button = (
  { page, say }: Pick<Hands, 'page' | 'say'>,
  en: string | RegExp,
  zh: string | RegExp,
) => page.getByRole('button', { name: say(en, zh), exact: typeof en === 'string' })
