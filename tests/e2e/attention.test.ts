/** A customer waits and is heard: at every desk that may help, hidden or not, until somebody has seen to them. */
import { expect, type Page } from '@playwright/test'
import { heardBy, listenTo, untilHeard, untilSilent } from '../attention/sound.ts'
import { openConversation, row, showView, synced } from './support/actions.ts'
import { launcher, openShop, say } from './support/shop.ts'
import { test } from './support/world.ts'

test.slow()

/** Out of sight and without the keyboard, as a window behind others is. */
const hide = (page: Page): Promise<void> =>
  page.evaluate(() => {
    document.hasFocus = () => false
    Object.defineProperty(document, 'visibilityState', { get: () => 'hidden', configurable: true })
    dispatchEvent(new Event('blur'))
    document.dispatchEvent(new Event('visibilitychange'))
  })

test('a chat rings at hidden desks until somebody takes it, and then only at theirs; muted it is shown and not heard', async ({
  world,
  browser,
}) => {
  const said = await world.hub.command([
    'inbox',
    'add',
    'chat',
    '--name',
    'Veloform',
    '--greeting-after',
    '0',
  ])
  const shop = await openShop(world.hub.url, (JSON.parse(said) as { address: string }).address)
  const context = await browser.newContext({ viewport: { width: 420, height: 700 } })
  const customer = await context.newPage()
  try {
    const [lin, tomas] = [(await world.desk('lin')).page, (await world.desk('tomas')).page]
    for (const page of [lin, tomas]) {
      await synced(page)
      await listenTo(page)
      await page.mouse.click(4, 400)
    }
    await hide(lin)
    await hide(tomas)

    await customer.goto(shop.page('/bikes'))
    await launcher(customer).click()
    await customer.getByRole('textbox', { name: /^Your name/ }).fill('Mara Jansen')
    await say(customer, 'My brakes are gone, what do I do?')

    // Both hear it, and hear it again, for nobody has seen it.
    for (const page of [lin, tomas]) await untilHeard(page)
    await heardBy(lin)
    await untilHeard(lin)

    // Tomás looks: it is his now. What she writes next is for him.
    await showView(tomas, 'unassigned')
    await openConversation(tomas, 'Mara Jansen')
    await tomas.locator('.shell-main').focus()
    await tomas.keyboard.press('i')
    await showView(lin, 'unassigned')
    await expect(row(lin, 'Mara Jansen')).toHaveCount(0)
    // What had begun to sound before that ends by itself.
    for (const page of [lin, tomas]) await untilSilent(page)
    await say(customer, 'I am at the workshop door.')
    await untilHeard(tomas)
    expect((await heardBy(lin)).loud).toBe(0)

    // Muted, and elsewhere: it is shown in the corner and makes no sound.
    await tomas.evaluate(() => {
      document.hasFocus = () => true
      dispatchEvent(new Event('focus'))
    })
    await tomas.keyboard.press('Control+Shift+M')
    await expect(tomas.getByRole('button', { name: /^Notifications: Sounds are off/ })).toBeVisible()
    await tomas.getByRole('button', { name: 'Customers', exact: true }).click()
    await untilSilent(tomas)
    await say(customer, 'Hello?')
    await expect(tomas.locator('.toast-news')).toContainText('Mara Jansen: Hello?')
    expect((await heardBy(tomas)).loud).toBe(0)
    await tomas.keyboard.press('w')
    await expect(tomas.getByRole('heading', { name: 'Mara Jansen' })).toBeVisible()
  } finally {
    await context.close()
    await shop.close()
  }
})

test('two chats ring while a mail is written: three keys to the first word of an answer, one to the next, one back to the words', async ({
  world,
  browser,
}) => {
  const said = await world.hub.command([
    ...['inbox', 'add', 'chat', '--name', 'Veloform', '--greeting-after', '0'],
  ])
  const shop = await openShop(world.hub.url, (JSON.parse(said) as { address: string }).address)
  const contexts = await Promise.all([browser.newContext(), browser.newContext()])
  try {
    await world.customers.write(world.hub.smtp, {
      from: { name: 'Kenji Watanabe', address: 'kenji@hakobi.example' },
      to: 'support@skein.example',
      subject: 'Blue frame',
      text: 'The frame is bent. Is it covered?',
      messageId: '<bent@hakobi.example>',
    })
    const { page } = await world.desk('lin')
    await synced(page)
    await showView(page, 'open')
    await openConversation(page, 'Kenji Watanabe')
    await page.keyboard.press('r')
    await page.keyboard.type('Dear Kenji, it is')
    for (let step = 0; step < 6; step++) await page.keyboard.press('ArrowLeft')

    const visitors = await Promise.all(contexts.map(context => context.newPage()))
    for (const [index, [name, words]] of [
      ['Mara Jansen', 'My brakes are gone'],
      ['Otto Brandt', 'Do you repair on Sundays?'],
    ].entries()) {
      const visitor = visitors[index]!
      await visitor.goto(shop.page('/bikes'))
      await launcher(visitor).click()
      await visitor.getByRole('textbox', { name: /^Your name/ }).fill(name!)
      await say(visitor, words!)
    }
    const rail = page.locator('.rail .waits-now')
    await expect(rail).toHaveAccessibleName('2 wait for an answer now: Mara Jansen, Otto Brandt')
    await expect(page).toHaveTitle('2 wait now · Skein')
    // The words in the corner have gone, whose W is theirs as long as they are there.
    await expect(page.locator('.toast-news')).toHaveCount(0, { timeout: 45_000 })

    for (const [index, name] of ['Mara Jansen', 'Otto Brandt'].entries()) {
      await page.keyboard.press('Escape')
      await page.keyboard.press('w')
      await page.keyboard.press('r')
      await page.keyboard.type(`Hello ${index}`)
      await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
      await page.keyboard.press('Control+Enter')
      await expect(visitors[index]!.locator('#skein-chat .line', { hasText: `Hello ${index}` })).toBeVisible()
    }
    await expect(page.getByRole('button', { name: 'Back to where you were' })).toBeVisible()
    await page.keyboard.press('Escape')
    await page.keyboard.press('w')
    await page.keyboard.press('r')
    await page.keyboard.type(' not lost:')
    await expect(page.getByRole('heading', { level: 1, name: 'Kenji Watanabe' })).toBeVisible()
    await expect(page.getByRole('textbox', { name: /^Your reply/ })).toHaveText('Dear Kenji, not lost: it is')
  } finally {
    for (const context of contexts) await context.close()
    await shop.close()
  }
})
