/** The page's share of attention: what its core tells is heard and shown, here and only where it should be. */
import { describe, expect, test } from 'vitest'
import type { EventOf } from '#shared/ipc/contract.ts'
import type { AttentionPreferences } from '#shared/rules/attention.ts'
import { stageOfFile } from '../renderer/support/stage.ts'
import { veloform } from '../renderer/support/veloform.ts'
import { heardBy, listenTo, untilHeard, untilSilent } from './sound.ts'

const stage = stageOfFile()
const world = () => veloform('en')

const alertOf = (conversationId: string, over: Partial<EventOf<'arrived'>> = {}): EventOf<'arrived'> => {
  const { customerId, channel, lastSeq } = world().one('conversation', conversationId)!
  return {
    ...{ id: conversationId, kind: 'mine', conversationId, customerId, channel, family: 'chat' },
    ...{ customerName: world().customerName(conversationId), preview: 'Is anybody there?' },
    ...{ priority: 'normal', itemId: null, seq: lastSeq, at: 0 },
    ...over,
  }
}
const someIds = (): [string, string] => {
  const [one, other] = world().lines('mine', null)
  return [one!.conversation.id, other!.conversation.id]
}
const openDesk = async () => {
  const desk = await stage.open(world())
  await listenTo(desk.page)
  await desk.page.mouse.click(4, 300)
  return desk
}

describe('what the core tells', () => {
  test('sounds, and is silent again; without volume it makes no sound', async () => {
    const { page, core } = await openDesk()
    core.event('sound', { motif: 'chat' })
    await untilHeard(page)
    await untilSilent(page)
    core.preferences({ attention: { volume: 0 } })
    await page.getByRole('button', { name: /Notifications: The volume is at zero/ }).waitFor()
    await heardBy(page)
    core.event('sound', { motif: 'phone' })
    await page.waitForFunction(() => window.atSpeakers.silent > 20, undefined, { polling: 100 })
    expect((await heardBy(page)).loud).toBe(0)
  })

  test('is silent in the middle of a sound when sounds are turned off, and heard again when they are on', async () => {
    const { page, core } = await openDesk()
    core.event('sound', { motif: 'phone' })
    await untilHeard(page)
    core.preferences({ attention: { mutedUntil: Date.parse('2100-01-01') } })
    await page.getByRole('button', { name: /^Notifications: Sounds are off/ }).waitFor()
    await heardBy(page)
    await page.waitForFunction(() => window.atSpeakers.silent > 20, undefined, { polling: 100 })
    // What was on its way to the speakers. Of a ring that goes on it would be two seconds, some eighty.
    expect((await heardBy(page)).loud).toBeLessThan(8)
    core.preferences({ attention: { mutedUntil: null } })
    core.event('sound', { motif: 'phone' })
    await untilHeard(page)
  })

  test('of two windows one sounds', async () => {
    const { page, core } = await openDesk()
    const second = await page.context().newPage()
    await second.goto(page.url())
    await second.locator('.rail').waitFor()
    await listenTo(second)
    await second.mouse.click(4, 300)
    core.event('sound', { motif: 'chat' })
    await untilHeard(page)
    await untilSilent(page)
    expect((await heardBy(second)).loud).toBe(0)
    await page.close()
    // The other takes over as soon as the first is gone.
    await expect
      .poll(async () => {
        core.event('sound', { motif: 'chat' })
        return second.evaluate(() => window.atSpeakers.loud)
      })
      .toBeGreaterThan(0)
  })

  test('is heard while the window is hidden and its timers are not', async () => {
    const { page, core } = await openDesk()
    const session = await page.context().newCDPSession(page)
    await session.send('Page.setWebLifecycleState', { state: 'active' })
    await page.evaluate(() => {
      Object.defineProperty(document, 'visibilityState', { get: () => 'hidden' })
      Object.defineProperty(document, 'hidden', { get: () => true })
      document.dispatchEvent(new Event('visibilitychange'))
      // As in a page that has long been hidden: nothing that waits for a timer comes.
      window.setTimeout = (() => 0) as never
      window.requestAnimationFrame = (() => 0) as never
    })
    core.event('sound', { motif: 'phone' })
    await untilHeard(page)
  })
})

describe('a word in the corner', () => {
  test('says who wrote without taking the focus; W opens it', async () => {
    const { page, core } = await openDesk()
    const [shown, wrote] = someIds()
    await page.getByRole('option').first().click()
    const field = page
      .locator('[data-keys=composer] [contenteditable=true], [data-keys=composer] textarea')
      .first()
    await field.click()
    core.event('arrived', alertOf(wrote))
    const toast = page.locator('.toast-news')
    await toast.waitFor()
    expect(await toast.textContent()).toContain('Is anybody there?')
    expect(await field.evaluate(each => each.contains(document.activeElement))).toBe(true)
    await page.locator('.shell-list').focus()
    await page.keyboard.press('w')
    await toast.waitFor({ state: 'detached' })
    expect(shown).not.toBe(wrote)
    await expect.poll(() => page.locator('.shell-main').textContent()).toContain(world().customerName(wrote))
  })

  test('leaves Escape to the dialog it comes over, and a press on it leaves the dialog open; F8 goes to it, Escape there puts it away', async () => {
    const { page, core } = await openDesk()
    const [, wrote] = someIds()
    await page.getByRole('option').first().waitFor()
    const keys = page.getByRole('dialog', { name: 'Keyboard' })
    const toast = page.locator('.toast-news')
    await page.keyboard.press('?')
    await keys.waitFor()
    core.event('arrived', alertOf(wrote))
    await toast.waitFor()
    await toast.getByText('Is anybody there?').click()
    expect(await keys.isVisible()).toBe(true)
    await page.keyboard.press('Escape')
    await keys.waitFor({ state: 'detached' })
    expect(await toast.isVisible()).toBe(true)
    await page.locator('.shell-list').focus()
    await page.keyboard.press('F8')
    await expect.poll(() => toast.evaluate(each => each.contains(document.activeElement))).toBe(true)
    await page.keyboard.press('Escape')
    await toast.waitFor({ state: 'detached' })
    expect(await page.locator('.shell-list').evaluate(each => each === document.activeElement)).toBe(true)
  })

  test('is not shown of what one looks at, and a night’s worth is one sentence', async () => {
    const { page, core } = await openDesk()
    await page.getByRole('option').first().click()
    await page.locator('[data-keys=composer]').waitFor()
    const here = core.asked.findLast(({ name }) => name === 'presence')!.args as { conversationId: string }
    core.event('arrived', alertOf(here.conversationId))
    const [, wrote] = someIds()
    const since = new Date(2026, 10, 19, 2, 14).getTime()
    core.event('arrivals', {
      customers: 12,
      longest: { conversationId: wrote, customerId: alertOf(wrote).customerId, since },
      alert: alertOf(wrote),
    })
    await page.locator('.toast-news').waitFor()
    expect(await page.locator('.toast-news').allTextContents()).toEqual([
      expect.stringMatching(/^12 customers wrote; the longest waits since (02:14|.*, 02:14)\./),
    ])
  })
})

test('sounds are off for an hour by a key, which the bell says, and on again by the same key', async () => {
  const { page, core } = await openDesk()
  const bell = page.getByRole('button', { name: /^Notifications/ })
  expect(await bell.getAttribute('aria-label')).toBe('Notifications: Notifications are on')
  await page.keyboard.press('Control+Shift+M')
  await expect.poll(() => bell.getAttribute('aria-label')).toMatch(/Sounds are off until \d\d:\d\d/)
  expect(core.asked.findLast(({ name }) => name === 'setPreferences')!.args).toMatchObject({
    attention: { mutedUntil: expect.any(Number) },
  })
  await page.keyboard.press('Control+Shift+M')
  await expect.poll(() => bell.getAttribute('aria-label')).toBe('Notifications: Notifications are on')
})

test('a page in which nobody has clicked says that it cannot be heard, until somebody does', async () => {
  const { page } = await stage.open(world())
  // Playwright's own questions count as gestures, so the browser's refusal is played here.
  await page.addInitScript(() => {
    let clicked = false
    addEventListener('pointerdown', () => (clicked = true), { capture: true })
    const { resume } = AudioContext.prototype
    AudioContext.prototype.resume = function () {
      return clicked ? resume.call(this) : new Promise(() => {})
    }
    Object.defineProperty(AudioContext.prototype, 'state', { get: () => (clicked ? 'running' : 'suspended') })
    Object.defineProperty(navigator, 'userActivation', { value: { hasBeenActive: false } })
  })
  await page.reload()
  await page.getByRole('button', { name: /Notifications: Click anywhere once/ }).waitFor()
  await page.mouse.click(4, 300)
  await page.getByRole('button', { name: 'Notifications: Notifications are on' }).waitFor()
})

test('settings: every sound is heard, what is chosen is kept at once, and times are written as the desk writes them', async () => {
  const { page, core } = await openDesk()
  const chosen = () =>
    (
      core.asked.findLast(({ name }) => name === 'setPreferences')!.args as {
        attention: AttentionPreferences
      }
    ).attention
  await page.getByRole('button', { name: /^Notifications/ }).click()
  await page.getByRole('menuitem', { name: 'Notification settings' }).click()
  const dialog = page.getByRole('dialog', { name: 'Settings' })
  for (const sound of ['Mail', 'Chat', 'Call', 'Mention', 'Not sent']) {
    await dialog.getByRole('button', { name: `Listen: ${sound}` }).click()
    await untilHeard(page)
    await untilSilent(page)
  }
  await dialog.getByRole('checkbox', { name: 'Your customers: Heard' }).click()
  await expect.poll(() => chosen().kinds?.mine).toEqual({ banner: true, sound: false, repeat: true })
  await expect
    .poll(() => dialog.getByRole('checkbox', { name: 'Your customers: Until seen' }).isDisabled())
    .toBe(true)

  await dialog.getByRole('checkbox', { name: /^Keep quiet/ }).click()
  const from = dialog.getByRole('textbox', { name: 'Tuesday, from' })
  expect(await from.inputValue()).toBe('20:00')
  await from.fill('25:00')
  expect(await from.getAttribute('aria-invalid')).toBe('true')
  expect(chosen().quiet!.days[2]).toEqual({ from: 1200, to: 480 })
  await from.fill('21：30')
  await expect.poll(() => chosen().quiet!.days[2]).toEqual({ from: 1290, to: 480 })
  await from.blur()
  expect(await from.inputValue()).toBe('21:30')
  await dialog.getByRole('checkbox', { name: 'Sunday' }).click()
  await expect.poll(() => chosen().quiet!.days[0]).toBeNull()
  await dialog.getByRole('radio', { name: 'Name only' }).click()
  await expect.poll(() => chosen().content).toBe('names')
})
