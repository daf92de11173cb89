// The list, what is around it, and what lies over all.
import { failed } from '#shared/protocol/fault.ts'
import { usualQuiet } from '#shared/rules/quiet-hours.ts'
import { thursday } from '../support/veloform.ts'
import type { World } from '../support/world.ts'
import { button, type Hands, press, type Scene, third } from './scene.ts'

const nobody = (world: World): void => {
  for (const each of world.all('conversation')) world.rows.docs.delete(`conversation:${each.id}`)
}

const done = (world: World): void => {
  for (const each of world.all('conversation'))
    if (each.assigneeId === world.agentId) world.put('conversation', { ...each, status: 'closed' })
}

const views = (world: World, zh: boolean): void => {
  const where = {
    match: 'all' as const,
    conditions: [
      { field: 'status', operator: 'is' as const, values: ['open'] },
      { field: 'channel', operator: 'is' as const, values: ['email'] },
    ],
  }
  world.put('savedView', {
    ...{ id: 'view-1', agentId: null, where },
    name: zh ? '紧急，等我回复' : 'Urgent, waiting for me',
  })
  world.put('savedView', {
    ...{ id: 'view-2', agentId: world.agentId, where },
    name: zh ? '本周到期的车队续约' : 'Fleet renewals that end this week',
  })
}

const chosen = async ({ page }: Hands): Promise<void> => {
  await page.getByRole('listbox').first().focus()
  await press(page, 'Home', 'x', 'Shift+ArrowDown', 'Shift+ArrowDown')
  await page.locator('.chosen-bar').waitFor()
}

const notifications = async ({ page, say }: Hands): Promise<void> => {
  await page.mouse.click(4, 400)
  await page.getByRole('button', { name: say(/^Notifications/, /^提醒/) }).click()
  await page.getByRole('menuitem').last().click()
  await page.locator('.alerts').waitFor()
}

const menu =
  (key: string): NonNullable<Scene['act']> =>
  async hands => {
    await third(hands)
    await hands.page.locator('.tl-scroll').focus()
    await hands.page.keyboard.press(key)
    await hands.page.locator('[role=dialog], [role=menu]').first().waitFor()
  }

export const inboxScenes: Record<string, Scene> = {
  list: {},
  'list-empty': { rows: done, empty: true },
  'list-none-yet': { rows: nobody, empty: true },
  'list-loading': { empty: true, prepare: core => core.query('conversations', 'waits') },
  'list-failed': { empty: true, prepare: core => core.query('conversations', failed('internal')) },
  'list-no-inbox': {
    empty: true,
    rows: world => {
      nobody(world)
      for (const { id } of world.all('inbox')) world.rows.docs.delete(`inbox:${id}`)
    },
  },
  'list-first-sync': {
    empty: true,
    rows: nobody,
    prepare: core =>
      core.sync({ phase: 'catching-up', currentAt: null, progress: { done: 21_400, total: 96_000 } }),
  },
  'list-held': { offline: true, act: ({ page }) => page.keyboard.press('7') },
  'list-views': {
    rows: (world, language) => views(world, language === 'zh'),
    act: async hands =>
      button(hands, /^Urgent, waiting for me/, /^紧急，等我回复/)
        .first()
        .click(),
  },
  'views-drawer': {
    small: true,
    rows: (world, language) => views(world, language === 'zh'),
    act: async hands => {
      await button(hands, /^Views, shown:/, /^视图，当前：/).click()
      await hands.page.locator('.views').waitFor()
    },
  },
  'list-chosen': { act: chosen },
  'view-dialog': {
    act: async ({ page, say }) => {
      await page.keyboard.press('Shift+V')
      await page.getByRole('textbox').first().fill(say('Urgent, waiting for me', '紧急，等我回复'))
      await page.getByRole('dialog').getByRole('status').getByText(say('conversations', '会话')).waitFor()
    },
  },
  'view-condition': {
    act: async hands => {
      const { page, say } = hands
      await page.keyboard.press('Shift+V')
      await page
        .getByRole('dialog')
        .getByRole('button', { name: say('Filter', '筛选') })
        .click()
      await page.keyboard.type(say('status', '状态'))
      await page.keyboard.press('Enter')
      await page.locator('.condition-form').waitFor()
    },
  },
  'order-menu': { act: hands => button(hands, /^Order: /, /^排序：/).click() },
  'account-menu': { act: hands => button(hands, 'Your account', '您的账号').click() },
  palette: {
    act: async hands => {
      await third(hands)
      await hands.page.keyboard.press('Control+k')
    },
  },
  'palette-found': {
    act: async hands => {
      await third(hands)
      await hands.page.keyboard.press('Control+k')
      await hands.page.keyboard.type(hands.say('refund', '控制器'))
      await hands.page.locator('[cmdk-item]').first().waitFor()
    },
  },
  'palette-actions': {
    act: async hands => {
      await third(hands)
      await hands.page.keyboard.press('Control+k')
      await hands.page.keyboard.type('>')
    },
  },
  'palette-nothing': {
    act: async ({ page }) => {
      await page.keyboard.press('Control+k')
      await page.keyboard.type('qqqq')
    },
  },
  'palette-failed': {
    prepare: core => core.query('search', failed('internal')),
    act: async ({ page }) => {
      await page.keyboard.press('Control+k')
      await page.keyboard.type('battery')
    },
  },
  keys: { act: ({ page }) => page.keyboard.press('?') },
  tour: {
    act: async ({ page }) => {
      await page.locator('.tour-offer button').first().click()
      await page.locator('.tour-card').waitFor()
    },
  },
  outbox: { offline: true, act: ({ page }) => page.keyboard.press('Control+Shift+O') },
  snooze: { act: menu('h') },
  assign: { act: menu('a') },
  tags: { act: menu('t') },
  priority: { act: menu('p') },
  arrived: {
    act: async hands => {
      const { page, core, say } = hands
      await third(hands)
      await page.mouse.click(4, 400)
      core.event('arrived', {
        ...{ id: 'conversation-1', kind: 'new', conversationId: 'conversation-1', customerId: 'customer-1' },
        ...{ channel: 'chat', family: 'chat', priority: 'normal', itemId: null, seq: 1, at: thursday },
        customerName: say('Kenji Watanabe', '王芳'),
        preview: say(
          'Hi, is anybody there? My battery has just gone flat on the way to work.',
          '您好，有人在吗？我的电池刚刚没电了，正在上班的路上，请问怎么办？',
        ),
      })
      await page.locator('.toast-news').waitFor()
    },
  },
  'waits-now': {
    rows: world => {
      world.alerts = world
        .lines('mine', null)
        .map(({ conversation: { id, customerId, lastSeq } }, index) => ({
          ...{ id, kind: 'mine' as const, mark: lastSeq, conversationId: id, customerId, channel: 'chat' },
          ...{
            family: 'chat' as const,
            priority: 'normal' as const,
            itemId: null,
            seq: lastSeq,
            preview: '',
          },
          ...{ customerName: world.customerName(id), at: thursday - index, since: thursday - index },
        }))
    },
    act: async hands => {
      await third(hands)
      await hands.page.locator('.waits-now').waitFor()
    },
  },
  alerts: {
    rows: (world, language) => {
      world.alerts = ['new', 'mention', 'handover'].map((kind, index) => ({
        ...{ id: `alert-${index}`, kind: kind as 'new', conversationId: `conversation-${index + 1}` },
        ...{ customerId: `customer-${index + 1}`, channel: 'email', family: 'email' as const },
        ...{ priority: 'normal' as const, itemId: null, seq: 1, at: thursday - index * 600_000 },
        ...{ mark: 1, since: null },
        customerName: world.one('customer', `customer-${index + 1}`)!.name,
        preview:
          language === 'zh'
            ? '我的电池刚刚没电了，正在上班的路上。'
            : 'My battery has just gone flat on the way.',
      }))
    },
    act: async ({ page, say }) => {
      await page.mouse.click(4, 400)
      await page.getByRole('button', { name: say(/^Notifications/, /^提醒/) }).click()
    },
  },
  notifications: { act: notifications },
  'notifications-quiet': {
    prepare: core => core.preferences({ attention: { quiet: { ...usualQuiet, on: true }, volume: 0 } }),
    act: notifications,
  },
  undone: {
    act: async hands => {
      await third(hands)
      await hands.page.locator('.tl-scroll').focus()
      await hands.page.keyboard.press('e')
      await hands.page.locator('.toast').first().waitFor()
    },
  },
}
