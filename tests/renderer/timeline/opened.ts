import type { Locator, Page } from 'playwright-core'
import type { DeskPage, Stage } from '../support/page.ts'
import type { World } from '../support/world.ts'
import { customerId, mailId } from './scene.ts'

/** The desk with this customer's thread open, from the list as a person would. */
export async function openThread(
  stage: Pick<Stage, 'open'>,
  world: World,
  options: NonNullable<Parameters<Stage['open']>[1]> & { conversationId?: string } = {},
): Promise<DeskPage> {
  const desk = await stage.open(world, options)
  desk.page.setDefaultTimeout(20_000)
  const name = world.one('customer', customerId)?.name ?? ''
  await desk.page
    .getByRole('option', { name: new RegExp(name) })
    .first()
    .click()
  await desk.page.locator('.tl-scroll[data-placed]').waitFor()
  const wanted = options.conversationId ?? mailId
  if (world.all('conversation').length > 1) await choose(desk.page, world, wanted)
  // No hand is so quick that it writes before the field for formatting has taken the plain one's place; first-letters.test.ts is.
  const mail = desk.page.locator('.comp.c-email')
  if ((await mail.count()) > 0) await mail.locator('.comp-text[contenteditable]').waitFor()
  return desk
}

/** Addresses a conversation by the panel at the side. */
export async function choose(page: Page, world: World, conversationId: string): Promise<void> {
  const { subject = '', preview = '' } = world.one('conversation', conversationId) ?? {}
  await page
    .locator('.panel-conversation', { hasText: (subject || preview).slice(0, 20) })
    .first()
    .click()
}

/** The arguments of the mutations of a name that were asked for, oldest first. */
export const mutated = (desk: DeskPage, name: string): Record<string, unknown>[] =>
  desk.core.asked
    .filter(each => each.name === 'mutate')
    .map(each => each.args as { name: string; args: Record<string, unknown> })
    .filter(each => each.name === name)
    .map(({ args }) => args)

/** Once what was begun before is in it: until then nobody can write. */
export const reply = (page: Page) =>
  page.getByRole('textbox', { name: 'Your reply' }).and(page.locator('[contenteditable="true"], textarea'))
/** What stands in a field for words, a line a paragraph, formatting left out. */
export const typed = (field: Locator): Promise<string> =>
  field.evaluate(element =>
    element instanceof HTMLTextAreaElement
      ? element.value
      : [...element.children].map(({ textContent }) => textContent ?? '').join('\n'),
  )
export const article = (page: Page, text: string) => page.getByRole('article').filter({ hasText: text })
