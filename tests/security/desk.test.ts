/**
 * Hostile HTML by the real path (desk.ts), and the other fields that strangers and colleagues fill: a visitor of the chat has vectors
 * as words, name and page; the agent's own name is one, and they write some. All vectors: `npm run torture -- desk`.
 */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { here, RawVisitor } from '../chat/visitors.ts'
import { vectors } from './corpus/index.ts'
import { mailsByTheRealPath, mailsFor, short, squeezed } from './desk.ts'
import { openWorld, type World } from './world.ts'

const WALLS = 5 * 60_000
const agent = { email: 'lin@skein.example', name: 'Lin <img src=x onerror=alert(1)>' }
/** A twentieth, another kind each: the laboratory (html.test.ts) shows every one of them behind the sanitiser alone. */
const some = vectors.filter((_, at) => at % 20 === 0).map(({ html }) => html)
/** Messages that one may write at once. */
const words = short.filter((_, at) => at % 4 === 0)
const BUBBLE = 20

let world: World
let page: Page
const begin = async (): Promise<void> => {
  world = await openWorld(agent, mailsFor(some.length))
  page = world.page
}
beforeAll(begin, WALLS)
// What a test has written stays written: tried once more, it finds a world of its own.
beforeEach(async ({ task }) => {
  if (!task.result?.retryCount) return
  await world.close()
  await begin()
}, WALLS)
afterAll(() => world?.close(), WALLS)

const quiet = async (): Promise<void> => expect(await world.watch.lines()).toEqual([])

test('mails: shown as text or made harmless; nothing runs, is asked for, or leads away, pictures that one asks for included', {
  timeout: 2 * WALLS,
}, async () => {
  const report = await mailsByTheRealPath(world, some)
  expect(report.wrong).toEqual([])
  expect(report.vectors).toBe(some.length)
  expect(report.pictures).toBe(report.mails)
})

test('the same in chat, notes, drafts, tags, a customer’s name and the search: shown as text', {
  timeout: 2 * WALLS,
}, async () => {
  const said = await world.hub.command([
    'inbox',
    'add',
    'chat',
    '--name',
    'Site <img src=x onerror=alert(1)>',
  ])
  const inbox = (JSON.parse(said) as { address: string }).address
  const visitor = new RawVisitor(world.hub.url)
  const at = {
    ...here,
    page: 'https://shop.example/?q="><img src=x onerror=alert(2)>',
    title: 'Bikes <img src=x onerror=alert(3)>',
    locale: 'en"><svg onload=alert(4)>'.slice(0, 30),
  }
  try {
    await visitor.hello(inbox, { at })
    const name = 'Chat <svg onload=alert(5)>'
    const bubbles = Array.from({ length: Math.ceil(words.length / BUBBLE) }, (_, number) =>
      words.slice(number * BUBBLE, (number + 1) * BUBBLE),
    )
    for (const [number, lines] of bubbles.entries())
      visitor.say(`Words ${number}.\n${lines.join('\n')}`, { name, at })
    await page.locator('[data-view="open"]').click()
    await page.getByRole('option').filter({ hasText: name }).click()
    const newest = page.getByRole('article').filter({ hasText: `Words ${bubbles.length - 1}.` })
    await newest.first().waitFor()
    const text = squeezed(await newest.first().textContent())
    for (const each of bubbles.at(-1) ?? []) expect(text).toContain(squeezed(each))
    await expect.poll(async () => page.locator('body').textContent()).toContain(at.title)
    await quiet()

    await page.getByRole('tab', { name: /^Note/ }).click()
    const note = `A note: ${short.slice(0, 30).join(' ')}`
    await page.getByRole('textbox', { name: /^Your note/ }).fill(note)
    await page.keyboard.press('Control+Enter')
    const noted = page.getByRole('article').filter({ hasText: 'A note:' }).first()
    await noted.waitFor()
    expect(squeezed(await noted.textContent())).toContain(squeezed(note))
    await page.getByRole('tab', { name: /^Chat/ }).click()
    await page.getByRole('textbox', { name: /^Your reply/ }).fill(`A draft: ${short.slice(30, 60).join(' ')}`)

    const tag = '<img src=x onerror=alert(6)>'
    await page.locator('.tl-scroll').focus()
    await page.keyboard.press('t')
    await page.getByPlaceholder('Find or create a tag').fill(tag)
    await page.getByRole('option', { name: `Create “${tag}”` }).click()
    await page.getByRole('button', { name: `Take off ${tag}` }).waitFor()
    await page.keyboard.press('Escape')

    for (const question of ['onerror', 'script', 'evil.example', '<svg onload', tag]) {
      await page.keyboard.press('Control+k')
      await page.getByRole('combobox').fill(question)
      await page.getByRole('dialog').getByRole('option').first().waitFor()
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'hidden' })
    }
    await quiet()
    // What was typed is where it was.
    await page.getByRole('option').first().click()
    await page.getByRole('option').filter({ hasText: name }).click()
    await page.getByText('A draft:').first().waitFor()
    await quiet()
  } finally {
    visitor.socket.close()
  }
})

test('the watch sees what is planted in this very page: a script, a request, a window, and the page led elsewhere', async () => {
  await world.watch.take()
  await page.evaluate(() => {
    alert('planted')
    new Image().src = 'http://planted.example/image'
    const link = Object.assign(document.createElement('a'), {
      href: 'http://planted.example/window',
      target: '_blank',
    })
    document.body.append(link)
    link.click()
  })
  const seen = () => world.watch.lines()
  await expect.poll(seen).toContain('executions: planted')
  await expect.poll(seen).toContain('requests: http://planted.example/image')
  await expect.poll(seen).toContain('popups: http://planted.example/window')
  await page.evaluate(() => {
    location.href = 'http://planted.example/page'
  })
  await expect.poll(seen).toContain('navigations: http://planted.example/page')
})
