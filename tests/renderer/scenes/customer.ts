// Who the customer is, all customers, and tables of them.
import type { ErasurePreview } from '#shared/protocol/erasure.ts'
import { failed, ok } from '#shared/protocol/fault.ts'
import { cardOf, known } from '../customer/carded.ts'
import { profiled } from '../customer/profiled.ts'
import { withSecondSelf } from '../support/second-self.ts'
import { thursday } from '../support/veloform.ts'
import type { World } from '../support/world.ts'
import { administered, button, type Hands, type Language, press, type Scene, third } from './scene.ts'
import { tableName, understands } from './table.ts'

const erasable = (name: string, address: string): ErasurePreview => ({
  ...{ customers: [{ id: name, name }], family: 0, addresses: [{ channel: 'email', address }] },
  ...{ conversations: 4, messages: 31, notes: 2, files: 5, waiting: 1, underWay: 0 },
})

const more = async (hands: Hands, en: string, zh: string): Promise<void> => {
  await third(hands)
  await hands.page
    .locator('.chead')
    .getByRole('button', { name: hands.say('More', '更多') })
    .click()
  await hands.page.getByRole('menuitem', { name: hands.say(en, zh) }).click()
  await hands.page.getByRole('dialog').waitFor()
}

const second = (world: World, language: Language): void =>
  void withSecondSelf(world, thursday, language === 'zh' ? '明轩' : undefined)

const compared = async (hands: Hands): Promise<void> => {
  await third(hands)
  await button(hands, 'Compare', '比较').click()
}

const listed: Pick<Scene, 'rows'> = {
  rows: (world, language) => {
    profiled(world, thursday, language)
    for (const [id, name, agentId] of [
      ['s1', language === 'zh' ? '等待中的经销商' : 'Dealers who wait', null],
      ['s2', language === 'zh' ? '中文，进行中' : 'Chinese, open', world.agentId],
    ] as const)
      world.put('segment', {
        ...{ id, name, agentId },
        where: { match: 'all', conditions: [{ field: 'tier', operator: 'is', values: ['VIP'] }] },
      })
  },
}

const toCustomers = async ({ page }: Hands): Promise<void> => {
  await page.keyboard.press('c')
  await page.locator('.customers-find').waitFor()
}

const nobodyThere: Pick<Scene, 'rows' | 'empty'> = {
  empty: true,
  rows: world => {
    for (const type of ['customer', 'conversation'] as const)
      for (const { id } of world.all(type)) world.rows.docs.delete(`${type}:${id}`)
  },
}

const customers = async ({ page }: Hands): Promise<void> => {
  await page.keyboard.press('c')
  await page.locator('.customer-row').first().waitFor()
}

const imported = (then: (hands: Hands) => Promise<unknown>): Scene => ({
  ...listed,
  prepare: understands,
  act: async hands => {
    await customers(hands)
    await hands.page.keyboard.press('Control+o')
    await hands.page.locator('input[type=file]').waitFor({ state: 'attached' })
    await then(hands)
  },
})
const given = async ({ page }: Hands): Promise<void> => {
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: tableName, mimeType: 'text/csv', buffer: Buffer.from('a,b') })
  await page.getByText(tableName).first().waitFor()
}

export const customerScenes: Record<string, Scene> = {
  profile: { rows: (world, language) => void profiled(world, thursday, language), act: third },
  'profile-add': {
    rows: (world, language) => void profiled(world, thursday, language),
    act: async hands => {
      await third(hands)
      await button(hands, 'Add field', '添加字段').click()
    },
  },
  cards: {
    rows: world => {
      world.cards = known(thursday)
    },
    act: async hands => {
      await third(hands)
      await hands.page.getByRole('button', { name: /^SO-20418/ }).click()
    },
  },
  'cards-old': {
    offline: true,
    rows: world => {
      world.cards = [...known(thursday - 7_200_000), cardOf({ connectorId: 'erp', name: 'ERP' })]
    },
    act: third,
  },
  merge: { rows: second, act: compared },
  merged: {
    rows: second,
    act: async hands => {
      await compared(hands)
      await button(hands, 'Merge', '合并').click()
      await hands.page.getByRole('button', { name: hands.say(/^Separate /, /^拆分./) }).waitFor()
    },
  },
  erase: {
    rows: administered,
    prepare: (core, language) =>
      core.answer('erasurePreview', () =>
        ok(
          language === 'zh'
            ? erasable('赵明轩', 'zhao.mx@shunda.cn')
            : erasable('Amara Okonkwo', 'amara@parcelo.eu'),
        ),
      ),
    act: hands => more(hands, 'Erase customer…', '彻底删除客户…'),
  },
  'erase-offline': {
    rows: administered,
    prepare: core => core.answer('erasurePreview', () => failed('hub-unreachable')),
    act: hands => more(hands, 'Erase customer…', '彻底删除客户…'),
  },
  'customer-export': {
    rows: (world, language) => {
      administered(world)
      second(world, language)
      world.put('customer', { ...world.one('customer', 'second')!, mergedInto: 'customer-3' })
    },
    act: hands => more(hands, 'Export customer…', '导出客户…'),
  },
  customers: { ...listed, act: customers },
  'customers-loading': { prepare: core => core.query('customers', 'waits'), act: toCustomers },
  'customers-failed': { prepare: core => core.query('customers', failed('internal')), act: toCustomers },
  'customers-nobody': { ...nobodyThere, act: toCustomers },
  'customers-none-found': {
    ...nobodyThere,
    act: async hands => {
      await toCustomers(hands)
      await hands.page.keyboard.press('/')
      await hands.page.keyboard.type('qqqq')
      await button(hands, 'Show everybody', '显示全部客户').waitFor()
    },
  },
  'customers-chosen': {
    ...listed,
    act: async hands => {
      await customers(hands)
      await hands.page.getByRole('listbox').focus()
      await press(hands.page, 'Home', 'ArrowDown', 'x', 'Shift+ArrowDown', 'Shift+ArrowDown')
      await hands.page.locator('.chosen-bar').waitFor()
    },
  },
  'customers-condition': {
    ...listed,
    act: async hands => {
      await customers(hands)
      await hands.page.keyboard.press('Shift+F')
      await hands.page.keyboard.type(hands.say('tier', '级别'))
      await hands.page.keyboard.press('Enter')
      await hands.page.locator('.condition-form').waitFor()
    },
  },
  'customers-columns': {
    ...listed,
    act: async hands => {
      await customers(hands)
      await button(hands, 'Columns', '列').click()
    },
  },
  'import-file': imported(async () => {}),
  import: imported(given),
  'import-check': imported(async hands => {
    await given(hands)
    await button(hands, 'Check', '检查').click()
    await hands.page.getByText(hands.say('Row 5', '第 5 行'), { exact: true }).waitFor()
  }),
}
