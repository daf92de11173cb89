// node tests/renderer/pictures.ts FOLDER [NAME ...]
// Pictures of the desk as the mock shows it, in both themes and languages, over scripted rows at one fixed moment. And of every state of
// sync, each a sheet of four, in the smallest window there is: NAME `states` makes all of those, `state-held` one.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { itemWith } from '#shared/model/testing.ts'
import type { ErasurePreview } from '#shared/protocol/erasure.ts'
import { failed, ok } from '#shared/protocol/fault.ts'
import { usualQuiet } from '#shared/rules/quiet-hours.ts'
import { cardOf, known } from './customer/carded.ts'
import { profiled } from './customer/profiled.ts'
import { answersOf, connected, tried } from './settings/connected.ts'
import { openStage } from './support/page.ts'
import type { ScriptedCore } from './support/scripted-core.ts'
import { withSecondSelf } from './support/second-self.ts'
import { sheetOf } from './support/sheet.ts'
import { look, type StateScene, states, worldOf } from './support/states.ts'
import { withHeldReply, withThread } from './support/threads.ts'
import { thursday, veloform } from './support/veloform.ts'
import type { World } from './support/world.ts'
import { face } from './timeline/face.ts'
import { withMacros } from './writing/macros.ts'

interface Scene {
  language?: 'en' | 'zh'
  theme?: 'light' | 'dark'
  density?: 'compact'
  size?: [width: number, height: number]
  signedIn?: false
  offline?: true
  /** Instead of the usual one. */
  whole?: (language: 'en' | 'zh') => World
  world?: (world: World) => void
  prepare?: (core: ScriptedCore) => void
  act?: (page: Page, core: ScriptedCore) => Promise<unknown>
}

const openThird = (name: RegExp) => async (page: Page) => {
  await page.getByRole('option', { name }).first().click()
  await page.locator('[data-keys=composer] .comp-text').first().waitFor()
}
const amara = openThird(/Amara/)
const zhao = openThird(/赵明轩/)

/** The customer of the mock, over all channels, with what is known of them. */
const faceOf = (language: 'en' | 'zh', theme: 'light' | 'dark'): Scene => ({
  ...{ language, theme, whole: face },
  world: world => {
    world.cards = known(thursday)
  },
  act: async page => {
    await (language === 'zh' ? zhao : amara)(page)
    await page.locator('.tl-scroll[data-placed]').waitFor()
  },
})

const signIn = async (page: Page) => {
  await page.locator('[name=hubUrl]').fill('desk.veloform.com')
  await page.locator('[name=email]').fill('tomas@veloform.com')
  await page.locator('[name=password]').fill('secret')
  await page.keyboard.press('Enter')
  await page.locator('.field-error').first().waitFor()
}

/** A colleague's customer writes while one is with somebody else. */
const arrived = (preview: string, customerName: string) => (core: ScriptedCore) =>
  core.event('arrived', {
    ...{ id: 'conversation-1', kind: 'new', conversationId: 'conversation-1', customerId: 'customer-1' },
    ...{ channel: 'chat', family: 'chat', priority: 'normal', itemId: null, seq: 1, at: thursday },
    ...{ customerName, preview },
  })

/** The page as it is in a window of its own. */
const popOut = (name: RegExp) => async (page: Page) => {
  const line = page.getByRole('option', { name }).first()
  await line.click()
  await page.locator('[data-keys=composer] .comp-text').first().waitFor()
  const opened = page.context().waitForEvent('page')
  await page.locator('.shell-main').focus()
  await page.keyboard.press('o')
  const own = await opened
  const hash = await own.evaluate(() => location.hash)
  await own.close()
  await page.evaluate(to => {
    location.hash = to
    location.reload()
  }, hash)
  await page.locator('.pop-out .tl-scroll[data-placed]').waitFor()
}

const notifications = async (page: Page) => {
  await page.mouse.click(4, 400)
  await page.getByRole('button', { name: /^(Notifications|提醒)/ }).click()
  await page.getByRole('menuitem').last().click()
  await page.locator('.alerts').waitFor()
}

const administered = (world: World): void =>
  void world.put('agent', { ...world.one('agent', world.agentId)!, role: 'administrator' })
const erasable = (name: string, address: string, merged?: string): ErasurePreview => ({
  customers: [name, ...(merged ? [merged] : [])].map(each => ({ id: each, name: each })),
  family: merged ? 1 : 0,
  addresses: [{ channel: 'email', address }],
  ...{ conversations: 4, messages: 31, notes: 2, files: 5, waiting: 1, underWay: merged ? 1 : 0 },
})

type Open = (page: Page) => Promise<void>

const laterMenu = async (page: Page, open: Open): Promise<void> => {
  await open(page)
  await page.keyboard.press('r')
  await page.keyboard.type('SO-20418: ✓')
  await page.keyboard.press('Control+l')
  await page.locator('.later').waitFor()
}

/** One answer for tomorrow, and one that can still be had back. */
const planned = async (page: Page, core: ScriptedCore, text: string): Promise<void> => {
  await page.keyboard.press('r')
  await page.keyboard.type(text)
  await page.keyboard.press('Control+l')
  await page.locator('.later').waitFor()
  await page.keyboard.type('tomorrow 9')
  await page.keyboard.press('Enter')
  await page.locator('.tl-later').first().waitFor()
  core.preferences({ undoSendSeconds: 10 })
  await page.keyboard.type('PS: SO-20418')
  await page.keyboard.press('Control+Enter')
  await page.locator('.toast-time').waitFor()
}

const handOver = async (page: Page, open: Open): Promise<void> => {
  await open(page)
  await page.locator('.tl-scroll').focus()
  await page.keyboard.press('g')
  await page.locator('.handover').waitFor()
}

/** Two letters with the depot and its answer, and one that begins. */
const side = (language: 'en' | 'zh', open: Open): Partial<Scene> => {
  let world: World
  return {
    world: each => {
      world = each
    },
    act: async (page, core) => {
      await open(page)
      const conversation = world.one('conversation', 'conversation-3')!
      const depot = {
        name: language === 'zh' ? '滨江仓库' : 'Depot Utrecht',
        address: 'depot@veloform.example',
      }
      const said =
        language === 'zh'
          ? ['三个控制器还在吗？', '在，还剩四个。周四上午可以取。', '请留三个。']
          : ['Do we still have two PB-48?', 'Three are left. Do not promise Friday.', 'Keep two, please.']
      for (const [index, text] of said.entries()) {
        const direction = index === 1 ? ('in' as const) : ('out' as const)
        const at = thursday - (3 - index) * 60_000
        const one = itemWith(conversation, { id: `side-${index}`, seq: conversation.lastSeq + 1 + index, at })
        const boxes = direction === 'in' ? { from: depot, to: [] } : { from: null, to: [depot] }
        world.put('item', {
          ...one,
          ...{ direction, text, subject: language === 'zh' ? '库存' : 'Two packs?' },
          ...(direction === 'in'
            ? { author: { kind: 'system' } }
            : { author: { kind: 'agent', agentId: world.agentId }, delivery: left(at) }),
          mail: {
            ...{ messageId: one.id, inReplyTo: '', references: [], cc: [], raw: null },
            ...{ automatic: 'no', problems: [], side: 'side-0' },
            ...boxes,
            ...(direction === 'in' ? { aside: true } : { forwards: 'item-3-1' }),
          },
        })
      }
      world.put('conversation', { ...conversation, lastSeq: conversation.lastSeq + said.length })
      core.changed()
      await page.locator('.beside').waitFor()
      await page.locator('.tl-scroll').focus()
      await page.keyboard.press('d')
      await page.locator('.beside-head').waitFor()
    },
  }
}

const left = (at: number) => ({
  ...{ state: 'sent' as const, at, attempts: 1, reason: null, retryable: false },
  ...{ nextAttemptAt: null, recipients: [] },
})

const handedOver = (language: 'en' | 'zh', open: Open): Partial<Scene> => {
  let world: World
  return {
    world: each => {
      world = each
    },
    act: async (page, core) => {
      await open(page)
      const conversation = world.one('conversation', 'conversation-3')!
      const [colleague, other] = world.all('agent').filter(({ id }) => id !== world.agentId)
      const handover = {
        ...{ itemId: 'handed', by: colleague!.id, to: world.agentId, at: conversation.activityAt },
      }
      const text =
        language === 'zh'
          ? '客户周四要用车。控制器仓库有货，只差上门时间。\n请勿再索要照片，已经有了。'
          : 'They ride on Friday. The pack is in stock; only the day is open.\nDo not ask for photos again, we have them.'
      world.put('item', {
        ...itemWith(conversation, {
          id: 'handed',
          seq: conversation.lastSeq + 1,
          at: conversation.activityAt,
        }),
        ...{ kind: 'event', direction: 'internal', author: { kind: 'agent', agentId: colleague!.id } },
        ...{ text, handover: true, event: { kind: 'assigned', agentId: world.agentId } },
      })
      world.put('conversation', {
        ...conversation,
        ...{ assigneeId: world.agentId, lastSeq: conversation.lastSeq + 1, handover },
      })
      core.changed()
      core.event('presence', {
        agents: [
          { agentId: colleague!.id, conversationId: conversation.id, typing: true },
          { agentId: other!.id, conversationId: conversation.id, typing: false },
        ],
      })
      await page.locator('.handover-note').waitFor()
      await page.keyboard.press('r')
      await page.keyboard.type('SO-20418')
    },
  }
}

const scenes: Record<string, Scene> = {
  'desk-light': {
    act: async page => {
      await amara(page)
      await page.keyboard.press('r')
      await page.keyboard.type(
        'Hi Amara, the serial checks out, so a new PB-48 leaves Utrecht tonight. You will have tracking by 18:00.',
      )
    },
  },
  'desk-dark': { theme: 'dark', act: amara },
  'desk-light-zh': { language: 'zh', act: zhao },
  'desk-dark-zh': {
    language: 'zh',
    theme: 'dark',
    offline: true,
    act: async page => {
      await zhao(page)
      await page.keyboard.press('r')
      await page.keyboard.type('赵经理，维修确认单请见附件，联网后会自动发出。')
    },
  },
  macro: {
    world: world => void withMacros(world),
    act: async page => {
      await amara(page)
      await page.keyboard.press('r')
      await page.keyboard.type('/refun')
      await page.locator('.insert-preview').waitFor()
    },
  },
  'macro-held-zh': {
    ...{ language: 'zh', theme: 'dark', size: [960, 640] },
    world: world => void withMacros(world, 'zh'),
    act: async page => {
      await zhao(page)
      await page.keyboard.press('r')
      await page.keyboard.type('/tk')
      await page.locator('.insert-preview').waitFor()
      await page.keyboard.press('Enter')
      await page.keyboard.press('Control+Enter')
      await page.locator('.comp-holes').waitFor()
    },
  },
  'mention-zh': {
    language: 'zh',
    act: async page => {
      await zhao(page)
      await page.keyboard.press('n')
      await page.keyboard.type('请看一下这三台的控制器 @')
      await page.locator('.insert-option').first().waitFor()
    },
  },
  'macros-settings': {
    world: world => void administered(withMacros(world)),
    act: async page => {
      await page.keyboard.press('Control+,')
      await page.getByRole('tab', { name: 'Macros' }).click()
      await page.locator('.macro-row').nth(3).click()
      await page.locator('.macro-preview').waitFor()
    },
  },
  composer: {
    act: async page => {
      await amara(page)
      await page.keyboard.press('r')
      for (const line of [
        '**Hello Amara,**',
        'two things are still missing:',
        '- the label with `PB-48` on it',
      ])
        await page.keyboard.type(`${line}\n`)
      await page.keyboard.type(
        'a photo of the display\n\n> It drops within half an hour\n\nThe steps are on veloform.com. ',
      )
    },
  },
  'forward-zh': {
    language: 'zh',
    theme: 'dark',
    act: async page => {
      await zhao(page)
      await page.locator('.tl-scroll').focus()
      await page.keyboard.press('f')
      await page.locator('.comp-forwarded').waitFor()
      await page.keyboard.type('仓库 <cangku@veloform.cn>,')
      await page.locator('.comp-rich .comp-text').fill('这三台的控制器有库存吗？')
    },
  },
  'face-light': faceOf('en', 'light'),
  'face-dark': faceOf('en', 'dark'),
  'face-light-zh': faceOf('zh', 'light'),
  'face-dark-zh': faceOf('zh', 'dark'),
  compact: { density: 'compact', act: amara },
  narrow: { size: [1000, 640], act: amara },
  smallest: { size: [900, 600], language: 'zh', offline: true, act: zhao },
  wide: { size: [1920, 1080], act: amara },
  'narrow-side': {
    size: [1000, 640],
    act: async page => {
      await amara(page)
      await page.evaluate(() => (document.activeElement as HTMLElement).blur())
      await page.keyboard.press(']')
    },
  },
  search: {
    act: async page => {
      await amara(page)
      await page.keyboard.press('Control+k')
      await page.keyboard.type('refund')
    },
  },
  merge: {
    world: world => void withSecondSelf(world, thursday),
    act: async page => {
      await amara(page)
      await page.getByRole('button', { name: 'Compare' }).click()
    },
  },
  'merged-dark-zh': {
    language: 'zh',
    theme: 'dark',
    world: world => void withSecondSelf(world, thursday, '明轩'),
    act: async page => {
      await zhao(page)
      await page.getByRole('button', { name: '比较' }).click()
      await page.getByRole('button', { name: '合并', exact: true }).click()
      await page.getByRole('button', { name: '拆分 明轩' }).waitFor()
    },
  },
  erase: {
    world: administered,
    prepare: core => core.answer('erasurePreview', () => ok(erasable('Amara Okonkwo', 'amara@parcelo.eu'))),
    act: async page => {
      await amara(page)
      await page.locator('.chead').getByRole('button', { name: 'More' }).click()
      await page.getByRole('menuitem', { name: 'Erase customer…' }).click()
      await page.getByLabel('Type their name to confirm').waitFor()
    },
  },
  'customer-export': {
    size: [900, 700],
    world: world => {
      administered(world)
      withSecondSelf(world, thursday)
      world.put('customer', { ...world.one('customer', 'second')!, mergedInto: 'customer-3' })
    },
    act: async page => {
      await amara(page)
      await page.locator('.chead').getByRole('button', { name: 'More' }).click()
      await page.getByRole('menuitem', { name: 'Export customer…' }).click()
      await page.getByRole('button', { name: 'Save ZIP' }).waitFor()
    },
  },
  'erase-dark-zh': {
    language: 'zh',
    theme: 'dark',
    world: administered,
    prepare: core => core.answer('erasurePreview', () => ok(erasable('赵明轩', 'zhao.mx@shunda.cn', '明轩'))),
    act: async page => {
      await zhao(page)
      await page.locator('.chead').getByRole('button', { name: '更多' }).click()
      await page.getByRole('menuitem', { name: '彻底删除客户…' }).click()
      await page.getByLabel('输入对方姓名以确认').waitFor()
    },
  },
  profile: { world: world => void profiled(world, thursday), act: amara },
  'profile-dark-zh': {
    language: 'zh',
    theme: 'dark',
    world: world => void profiled(world, thursday, 'zh'),
    act: async page => {
      await zhao(page)
      await page.getByRole('button', { name: '添加字段' }).click()
    },
  },
  'customer-fields': {
    world: world => void profiled(world, thursday),
    act: async page => {
      await page.keyboard.press('Control+,')
      await page.getByRole('tab', { name: 'Customer fields' }).click()
    },
  },
  'customer-field-dark-zh': {
    language: 'zh',
    theme: 'dark',
    world: world => void profiled(world, thursday, 'zh'),
    act: async page => {
      await page.keyboard.press('Control+,')
      await page.getByRole('tab', { name: '客户字段' }).click()
      await page.getByRole('button', { name: /套餐/ }).first().click()
    },
  },
  cards: {
    world: world => {
      world.cards = known(thursday)
    },
    act: async page => {
      await amara(page)
      await page.getByRole('button', { name: /^SO-20418/ }).click()
    },
  },
  'cards-dark-zh': {
    language: 'zh',
    theme: 'dark',
    offline: true,
    world: world => {
      world.cards = [...known(thursday - 7_200_000), cardOf({ connectorId: 'erp', name: 'ERP' })]
    },
    act: zhao,
  },
  connections: {
    world: administered,
    prepare: core => answersOf(core, connected),
    act: async page => {
      await page.keyboard.press('Control+,')
      await page.getByRole('tab', { name: 'Connections' }).click()
    },
  },
  'connection-dark-zh': {
    language: 'zh',
    theme: 'dark',
    world: administered,
    prepare: core => answersOf(core, connected),
    act: async page => {
      await page.keyboard.press('Control+,')
      await page.getByRole('tab', { name: '连接' }).click()
      await page.getByRole('button', { name: /商城/ }).click()
    },
  },
  'connection-tried': {
    world: administered,
    prepare: core => answersOf(core, connected, tried),
    act: async page => {
      await page.keyboard.press('Control+,')
      await page.getByRole('tab', { name: 'Connections' }).click()
      await page.getByRole('button', { name: /商城/ }).click()
      await page.getByRole('textbox', { name: 'Email' }).fill('amara@parcelo.eu')
      await page.getByRole('button', { name: 'Ask', exact: true }).click()
      await page.getByText('What it said').scrollIntoViewIfNeeded()
      await page
        .getByText('The card', { exact: true })
        .evaluate(element => element.scrollIntoView({ block: 'start' }))
    },
  },
  notifications: { act: notifications },
  'notifications-dark-zh': {
    ...{ language: 'zh', theme: 'dark', size: [1000, 900] },
    prepare: core => core.preferences({ attention: { quiet: { ...usualQuiet, on: true }, volume: 0 } }),
    act: notifications,
  },
  arrived: {
    act: async (page, core) => {
      await amara(page)
      await page.mouse.click(4, 400)
      arrived(
        'Hi, is anybody there? My battery has just gone flat on the way to work.',
        'Kenji Watanabe',
      )(core)
      await page.locator('.toast-news').waitFor()
    },
  },
  'arrived-dark-zh': {
    ...{ language: 'zh', theme: 'dark' },
    act: async (page, core) => {
      await zhao(page)
      arrived('您好，有人在吗？我的电池刚刚没电了，正在上班的路上，请问怎么办？', '王芳')(core)
      await page.locator('.toast-news').waitFor()
      await page.getByRole('button', { name: /^提醒/ }).click()
    },
  },
  'pop-out': { size: [940, 760], act: popOut(/Amara/) },
  'pop-out-dark-zh': { language: 'zh', theme: 'dark', size: [1240, 760], act: popOut(/赵明轩/) },
  later: { act: async page => laterMenu(page, amara) },
  'later-dark-zh': { language: 'zh', theme: 'dark', act: async page => laterMenu(page, zhao) },
  planned: {
    act: async (page, core) => {
      await amara(page)
      await planned(page, core, 'The serial checks out. A new PB-48 leaves Utrecht tomorrow morning.')
    },
  },
  'planned-dark-zh': {
    language: 'zh',
    theme: 'dark',
    act: async (page, core) => {
      await zhao(page)
      await planned(page, core, '三台都在保修期内，我们周四上午上门更换控制器。')
    },
  },
  'hand-over': { act: async page => handOver(page, amara) },
  'hand-over-dark-zh': { language: 'zh', theme: 'dark', act: async page => handOver(page, zhao) },
  side: side('en', amara),
  'side-dark-zh': { language: 'zh', theme: 'dark', ...side('zh', zhao) },
  'handed-over': handedOver('en', amara),
  'handed-over-dark-zh': { language: 'zh', theme: 'dark', ...handedOver('zh', zhao) },
  outbox: { offline: true, act: page => page.keyboard.press('Control+Shift+O') },
  split: {
    act: async page => {
      await amara(page)
      await page.keyboard.press('Escape')
      await page.keyboard.press('Control+\\')
      await page
        .getByRole('option', { name: /Nguyễn/ })
        .first()
        .click()
      await page.locator('.shell-half .tl-scroll[data-placed]').nth(1).waitFor()
    },
  },
  'tour-dark-zh': {
    language: 'zh',
    theme: 'dark',
    act: async page => {
      await page.locator('.tour-offer button').first().click()
      await page.locator('.tour-card').waitFor()
    },
  },
  settings: { act: page => page.keyboard.press('Control+,') },
  keys: { act: page => page.keyboard.press('?') },
  empty: { act: page => page.keyboard.press('7') },
  'sign-in': { signedIn: false },
  'sign-in-dark-zh': {
    signedIn: false,
    language: 'zh',
    theme: 'dark',
    prepare: core => core.answer('signIn', () => failed('not-a-hub')),
    act: signIn,
  },
}

const [folder, ...names] = process.argv.slice(2)
if (!folder) {
  console.error('node tests/renderer/pictures.ts FOLDER [NAME ...]')
  process.exit(1)
}
mkdirSync(folder, { recursive: true })
const stage = await openStage()
try {
  for (const [name, scene] of Object.entries(scenes)) {
    if (names.length > 0 && !names.includes(name)) continue
    const language = scene.language ?? 'en'
    const world = scene.whole?.(language) ?? withThread(veloform(language), language)
    if (scene.offline) withHeldReply(world)
    scene.world?.(world)
    const [width, height] = scene.size ?? [1440, 900]
    const desk = await stage.open(world, {
      width,
      height,
      scale: 1.25,
      signedIn: scene.signedIn ?? true,
      prepare: core => {
        core.preferences({
          theme: scene.theme ?? 'light',
          language: language === 'zh' ? 'zh-CN' : 'en',
          density: scene.density ?? 'comfortable',
        })
        if (scene.offline)
          core.sync({
            phase: 'offline',
            offlineSince: thursday - 180_000,
            lastContactAt: thursday - 180_000,
            currentAt: thursday - 180_000,
            retryAt: thursday + 14_000,
            waiting: 2,
            held: 1,
          })
        scene.prepare?.(core)
      },
    })
    if (scene.signedIn !== false) await desk.page.getByRole('option').first().waitFor()
    await scene.act?.(desk.page, desk.core)
    await desk.page.clock.runFor(3000)
    const picture = await desk.page.screenshot({ animations: 'disabled' })
    writeFileSync(join(folder, `${name}.png`), await sheetOf(stage.browser, [picture]))
    await desk.close()
    console.log(join(folder, `${name}.png`))
  }
  for (const [name, scene] of Object.entries(states)) {
    const wanted = names.length === 0 || names.includes('states') || names.includes(`state-${name}`)
    if (wanted) writeFileSync(join(folder, `state-${name}.png`), await stateSheet(scene))
  }
} finally {
  await stage.close()
}

/** Light and dark, English and Chinese, of one state. */
async function stateSheet(scene: StateScene): Promise<Buffer> {
  const pictures: Buffer[] = []
  for (const language of ['en', 'zh'] as const)
    for (const theme of ['light', 'dark'] as const) {
      const desk = await stage.open(worldOf(scene, language), {
        width: 900,
        height: 600,
        prepare: core => {
          core.preferences({ theme, language: language === 'zh' ? 'zh-CN' : 'en' })
          scene.tell(core, language)
        },
      })
      await desk.page.clock.runFor(3000)
      await look(desk.page, scene, language)
      await desk.page.clock.runFor(3000)
      pictures.push(await desk.page.screenshot({ animations: 'disabled' }))
      await desk.close()
    }
  return sheetOf(stage.browser, pictures)
}
