// I9 at the desk: who erases somebody sees what will go, types the name, and is told what only the hub can do.
import { readFile } from 'node:fs/promises'
import { AxeBuilder } from '@axe-core/playwright'
import { expect, it } from 'vitest'
import type { Role } from '#shared/model/agent.ts'
import type { ErasurePreview } from '#shared/protocol/erasure.ts'
import { failed, ok } from '#shared/protocol/fault.ts'
import type { DeskPage } from '../support/page.ts'
import { stageOfFile } from '../support/stage.ts'
import { openThread } from '../timeline/opened.ts'
import { customerId, me, thread } from '../timeline/scene.ts'

const stage = stageOfFile()

const preview = (name: string): ErasurePreview => ({
  customers: [{ id: customerId, name }],
  family: 1,
  addresses: [{ channel: 'email', address: 'amara@okafor.example' }],
  ...{ conversations: 2, messages: 12, notes: 1, files: 3, waiting: 1, underWay: 1 },
})

async function opened(role: Role): Promise<DeskPage & { name: string }> {
  const world = thread()
  world.put('agent', { ...world.one('agent', me)!, role })
  const name = world.one('customer', customerId)!.name
  const desk = await openThread(stage, world)
  desk.core.answer('erasurePreview', () => ok(preview(name)))
  await desk.page.locator('.chead').getByRole('button', { name: 'More' }).click()
  return { ...desk, name }
}
const item = { name: 'Erase customer…' }
const asked = ({ core }: DeskPage, name: string) => core.asked.filter(each => each.name === name)

it('an administrator sees what will go, must type the name, and the hub is asked once', async () => {
  const desk = await opened('administrator')
  const { page, core, name } = desk
  let taken = false
  core.answer('erase', () => {
    taken = true
    return ok({ id: 'e', conversations: 2, items: 13, files: 3, underWay: 1 })
  })
  await page.getByRole('menuitem', item).click()
  const dialog = page.getByRole('dialog', { name: `Erase ${name} for good?` })
  await dialog.getByText('2 conversations · 12 messages · 1 internal note · 3 files').waitFor()
  await dialog.getByText('1 reply is being sent at this moment and may still arrive.').waitFor()
  await dialog.getByText('amara@okafor.example').waitFor()
  expect((await new AxeBuilder({ page }).include('[role=dialog]').analyze()).violations).toEqual([])

  const field = dialog.getByLabel('Type their name to confirm')
  await field.fill('Somebody else')
  await field.press('Enter')
  await dialog.getByText('That is not the name above.').waitFor()
  expect(taken).toBe(false)

  await dialog.getByRole('radio', { name: 'This one alone' }).click()
  await dialog.getByText('2 conversations').waitFor()
  await dialog.getByRole('combobox', { name: 'Reason, for the audit log' }).click()
  await page.getByRole('option', { name: 'They asked for it' }).click()
  await field.fill(name)
  await dialog.getByRole('button', { name: 'Erase for good' }).click()
  await page.getByText(`${name} was erased`).first().waitFor()
  expect(asked(desk, 'erase').map(({ args }) => args)).toEqual([
    { customerId, whole: false, name, reason: 'asked' },
  ])
})

it('without the hub nothing is erased, and that is said; agents are not offered it at all', async () => {
  const desk = await opened('administrator')
  const { page, core, name } = desk
  core.answer('erasurePreview', () => failed('hub-unreachable'))
  await page.getByRole('menuitem', item).click()
  const dialog = page.getByRole('dialog', { name: `Erase ${name} for good?` })
  await dialog.getByText('This needs the hub').waitFor()
  core.answer('erasurePreview', () => ok(preview(name)))
  await dialog.getByRole('button', { name: 'Try again' }).click()
  await dialog.getByText('2 conversations').waitFor()
  expect(asked(desk, 'erase')).toEqual([])

  const { page: theirs } = await opened('agent')
  await theirs
    .getByRole('menuitem', { name: 'Add a tag' })
    .or(theirs.getByRole('menuitem').first())
    .first()
    .waitFor()
  expect(await theirs.getByRole('menuitem', item).count()).toBe(0)
})

it('a supervisor saves everything as one file, read bit by bit; what breaks off is no file and is said', async () => {
  const { page, core } = await opened('supervisor')
  const pieces = ['PK', ' and the rest']
  core.answer('customerExport', () => {
    const text = pieces.shift()
    if (text === undefined) return failed('hub-unreachable')
    return ok({ bytes: new TextEncoder().encode(text), done: pieces.length === 0 })
  })
  await page.getByRole('menuitem', { name: 'Export customer…' }).click()
  const dialog = page.getByRole('dialog', { name: /^Export everything about/ })
  expect((await new AxeBuilder({ page }).include('[role=dialog]').analyze()).violations).toEqual([])
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Save ZIP' }).click(),
  ])
  expect(download.suggestedFilename()).toMatch(/\.zip$/)
  expect(await readFile(await download.path(), 'utf8')).toBe('PK and the rest')
  await dialog.waitFor({ state: 'detached' })

  await page.locator('.chead').getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Export customer…' }).click()
  await dialog.getByRole('button', { name: 'Save ZIP' }).click()
  await dialog.getByText('This needs the hub, which has everything').waitFor()
})
