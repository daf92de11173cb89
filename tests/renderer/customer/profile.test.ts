// The customer's profile in a real Chromium over a scripted core: fields of every kind, and what happens when two write one.
import { AxeBuilder } from '@axe-core/playwright'
import { describe, expect, it } from 'vitest'
import { failed } from '#shared/protocol/fault.ts'
import type { DeskPage } from '../support/page.ts'
import { stageOfFile } from '../support/stage.ts'
import { thursday } from '../support/veloform.ts'
import type { World } from '../support/world.ts'
import { mutated, openThread } from '../timeline/opened.ts'
import { colleague, customerId, thread } from '../timeline/scene.ts'
import { profiled } from './profiled.ts'

const stage = stageOfFile()

type Options = Parameters<typeof openThread>[2]
const open = async (world: World = profiled(thread(), thursday), options?: Options) => {
  const desk = await openThread(stage, world, options)
  return { ...desk, world, customer: () => world.one('customer', customerId)! }
}
/** A colleague's change comes from the hub. */
const colleagueSets = (world: World, { core }: DeskPage, change: object, field: string): void => {
  const customer = world.one('customer', customerId)!
  const edited = { ...customer.edited, [field]: { agentId: colleague, at: thursday } }
  world.put('customer', { ...customer, ...change, edited })
  core.changed()
}

describe('a field of the profile', () => {
  it('that is not known takes no room; it is added by name, checked as one types, and shown in the reader’s manner', async () => {
    const { page, customer } = await open()
    expect(await page.getByRole('button', { name: /^Edit VAT/ }).count()).toBe(0)
    expect(await page.getByText('Fax').count()).toBe(0)
    await page.getByRole('button', { name: 'Add field' }).click()
    await page.getByPlaceholder('Find a field').fill('税号')
    await page.keyboard.press('Enter')
    await page.getByRole('textbox', { name: 'VAT number' }).fill('NL 8123')
    await page.keyboard.press('Enter')
    await expect.poll(() => customer().attributes?.vat).toBe('NL 8123')

    await page.getByRole('button', { name: /^Edit Renewal: 1 Mar 2027/ }).click()
    await page.keyboard.type('11/12/2027')
    await page.getByText('Not a date.', { exact: false }).waitFor()
    await page.keyboard.press('Enter')
    expect(customer().attributes?.renewal).toBe('2027-03-01')
    await page.getByRole('textbox', { name: 'Renewal' }).fill('12.11.2027')
    await page.keyboard.press('Enter')
    await expect.poll(() => customer().attributes?.renewal).toBe('2027-11-12')
    // A day also as one says it.
    await page.getByRole('button', { name: /^Edit Renewal/ }).click()
    await page.getByRole('textbox', { name: 'Renewal' }).fill('5 April 2028')
    await page.keyboard.press('Enter')
    await expect.poll(() => customer().attributes?.renewal).toBe('2028-04-05')

    await page.getByRole('button', { name: /^Edit Bikes: 42/ }).click()
    await page.keyboard.type('6000')
    await page.getByText('Not above 5000.').waitFor()
    await page.keyboard.press('Escape')
    await expect.poll(() => customer().attributes?.bikes).toBe(42)
  })

  it('of a few or of a known list is chosen by typing; one that is archived is not offered', async () => {
    const { page, customer, core, world } = await open()
    world.put('customer', { ...customer(), tier: '', attributes: { bikes: 42 } })
    core.changed()
    await page.getByRole('button', { name: 'Add field' }).click()
    await page.getByRole('option', { name: 'VAT number', exact: true }).click()
    await page.getByRole('textbox', { name: 'VAT number' }).pressSequentially('NL')
    await page.keyboard.press('Escape')
    await page.getByRole('textbox', { name: 'VAT number' }).waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Add field' }).click()
    await page.getByRole('option', { name: 'Plan', exact: true }).click()
    await page.getByPlaceholder('Find in Plan').fill('fl')
    await page.keyboard.press('Enter')
    await expect.poll(() => customer().attributes).toEqual({ bikes: 42, plan: 'fleet' })

    await page.getByRole('button', { name: /^Edit Plan: Fleet/ }).click()
    await page.getByRole('option', { name: 'Single' }).waitFor()
    expect(await page.getByRole('option', { name: 'Trial' }).count()).toBe(0)
    await page.keyboard.type('sin')
    await page.keyboard.press('Enter')
    await expect.poll(() => customer().attributes?.plan).toBe('single')

    await page.getByRole('button', { name: /^Edit Time zone/ }).click()
    await page.getByPlaceholder('Find in Time zone').fill('tok')
    await page.keyboard.press('Enter')
    await expect.poll(() => customer().timeZone).toBe('Asia/Tokyo')
    await page.getByText('23:06, Tokyo').waitFor()

    await page.getByRole('button', { name: /^Edit Language/ }).click()
    await page.getByPlaceholder('Find in Language').fill('nederl')
    await page.getByRole('option', { name: /Dutch/ }).click()
    await expect.poll(() => customer().language).toBe('nl')
  })
})

describe('two who write one field', () => {
  it('theirs is told while one types, and passed only on purpose; of a note both stay', async () => {
    const { world, page, customer, ...rest } = await open()
    await page.getByRole('button', { name: /^Edit Company/ }).click()
    await page.keyboard.type('Parcelo BV')
    colleagueSets(world, { page, ...rest }, { company: 'Parcelo NV' }, 'company')
    await page.getByText('Priya Raman made it “Parcelo NV” meanwhile.').waitFor()
    await page.keyboard.press('Enter')
    expect(customer().company).toBe('Parcelo NV')
    await page.keyboard.press('Enter')
    await expect.poll(() => customer().company).toBe('Parcelo BV')
    expect(mutated({ page, ...rest }, 'customer.edit')).toEqual([
      { id: customerId, set: { company: 'Parcelo BV' }, seen: { company: 'Parcelo NV' } },
    ])

    // In a note both are kept.
    const before = customer().note
    await page.getByRole('button', { name: /^Edit Note/ }).click()
    await page.getByRole('textbox', { name: 'Note about the customer' }).press('Control+End')
    await page.keyboard.type('\nLikes chocolate.')
    colleagueSets(world, { page, ...rest }, { note: `Allergic to nuts.\n${before}` }, 'note')
    await page.getByText('Priya Raman wrote here meanwhile. Both are kept.').waitFor()
    await page.keyboard.press('Control+Enter')
    await expect.poll(() => customer().note).toBe(`Allergic to nuts.\n${before}\nLikes chocolate.`)
  })

  it('one that was refused says whose stands, and is put all the same by one press, then or later', async () => {
    const { core, page, world } = await open()
    const refused = { customerId, field: 'company', mine: 'Parcelo BV', agentId: colleague }
    world.refused = [
      {
        ...{ id: 'r1', name: 'customer.edit', code: 'changed', params: refused, conversationId: null },
        ...{ customerId, customerName: 'Amara Okonkwo', preview: 'Parcelo BV', at: thursday },
      },
    ]
    colleagueSets(world, { core } as DeskPage, {}, 'company')
    core.sync({ refused: 1 })
    await page.locator('.tl-scroll').focus()
    await page.keyboard.press('Control+Shift+O')
    await page.getByText('Company: “Parcelo Couriers” of Priya Raman stands.').first().waitFor()
    await page.getByRole('button', { name: 'Put mine' }).click()
    await expect.poll(() => world.one('customer', customerId)?.company).toBe('Parcelo BV')
    await expect.poll(() => world.refused).toEqual([])
    await page.keyboard.press('Escape')
    colleagueSets(world, { core } as DeskPage, { company: 'Parcelo Couriers' }, 'company')

    core.answer('mutate', () =>
      failed('invalid', { params: { code: 'changed', field: 'company', agentId: colleague } }),
    )
    await page.getByRole('button', { name: /^Edit Company/ }).click()
    await page.keyboard.type('Parcelo BV')
    await page.keyboard.press('Enter')
    await page.getByText('Company: “Parcelo Couriers” of Priya Raman stands.').first().waitFor()
    await page.getByRole('button', { name: 'Put mine' }).click()
    await expect
      .poll(() => mutated({ core } as DeskPage, 'customer.edit').at(-1))
      .toEqual({ id: customerId, set: { company: 'Parcelo BV' }, seen: { company: 'Parcelo Couriers' } })
  })
})

it('a tag of the customer, a consent, and what is folded stay; axe finds nothing', async () => {
  const { core, page, customer } = await open(undefined, {
    prepare: core => core.preferences({ theme: 'dark' }),
  })
  await page.getByRole('button', { name: /^Edit Bikes/ }).click()
  const { violations } = await new AxeBuilder({ page }).include('.panel').analyze()
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 140)).join(' | ')}`),
  ).toEqual([])
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Add tag: Tags of the customer' }).click()
  await page.getByPlaceholder('Find or create a tag').fill('gold')
  await page.keyboard.press('Enter')
  await expect.poll(() => customer().tagIds?.length).toBe(3)

  await page.getByRole('button', { name: 'Note a consent' }).click()
  await page.getByRole('radio', { name: 'Refused' }).click()
  await page.getByLabel('How did they say so?').fill('wrote so in chat')
  await page.keyboard.press('Enter')
  await expect
    .poll(() => customer().consents?.messages)
    .toMatchObject({ state: 'refused', how: 'wrote so in chat' })

  await page.getByRole('button', { name: 'Profile', exact: true }).click()
  await page.getByRole('button', { name: /^Edit Company/ }).waitFor({ state: 'detached' })
  expect(core.asked.filter(({ name }) => name === 'setPreferences').at(-1)?.args).toEqual({
    foldedParts: ['details'],
  })
})

it('an administrator defines a choice, puts it first by keyboard, and archives another; colleagues do not', async () => {
  const { core, page, world } = await open()
  const defined = () => world.all('workspace')[0]!.attributes!.filter(({ archived }) => !archived)
  await page.locator('.tl-scroll').focus()
  await page.keyboard.press('Control+,')
  await page.getByRole('tab', { name: 'Customer fields' }).click()
  await page.getByRole('button', { name: 'Add field' }).last().click()
  await page.getByRole('radio', { name: 'Choice' }).click()
  await page.getByLabel('Name in Chinese').fill('地区')
  await page.keyboard.press('Enter')
  await page.getByText('Give it at least one choice.').waitFor()
  await page.getByRole('button', { name: 'Add a choice' }).click()
  await page.keyboard.type('North')
  await page.keyboard.press('Enter')
  await page.keyboard.type('South')
  await page.getByRole('button', { name: 'Add field' }).last().click()
  await page.getByRole('button', { name: /地区/ }).first().focus()
  for (const place of [4, 3]) {
    await page.keyboard.press('Alt+ArrowUp')
    await expect.poll(() => defined().findIndex(({ label }) => label.zh === '地区')).toBe(place)
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toContain('地区')
  }
  expect(defined()[3]).toMatchObject({ kind: 'choice', options: [{ name: 'North' }, { name: 'South' }] })

  await page.getByRole('button', { name: /Bikes/ }).first().click()
  await page.getByRole('button', { name: 'Archive' }).click()
  await expect.poll(() => defined().some(({ id }) => id === 'bikes')).toBe(false)
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: /^Edit Bikes/ }).waitFor({ state: 'detached' })

  world.put('agent', { ...world.one('agent', world.agentId)!, role: 'supervisor' })
  core.changed()
  await page.keyboard.press('Control+,')
  await page.getByRole('dialog', { name: 'Settings' }).waitFor()
  expect(await page.getByRole('tab', { name: 'Customer fields' }).count()).toBe(0)
})
