/**
 * A customer in a browser on the company's site and an agent at the desk. Both reach the hub through a cable of their own, so
 * that the network of either can be cut without the other knowing.
 * SKEIN_PICTURES=docs/pictures also takes the pictures of docs/chat.md.
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { crc32, deflateSync } from 'node:zlib'
import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'
import { entry, offline, openConversation, reply, row, showView, synced } from './support/actions.ts'
import { cable } from './support/cable.ts'
import { bubble, field, launcher, log, openChat, openShop, say, texts } from './support/shop.ts'
import { test } from './support/world.ts'

// A hub, its database, a desk and two browsers, and waits for lines that are dead without knowing it.
test.slow()

const pictures = process.env.SKEIN_PICTURES
const picture = async (page: Page, name: string): Promise<void> => {
  if (pictures) await page.screenshot({ path: join(pictures, `chat-${name}.png`), animations: 'disabled' })
}

/** A picture of a sunset, as a camera would send one. */
function photo(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type), data])
    const [size, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
    size.writeUInt32BE(data.length)
    sum.writeUInt32BE(crc32(body))
    return Buffer.concat([size, body, sum])
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 2], 8)
  const rows = Array.from({ length: height }, (_, y) => {
    const part = y / height
    const point = [Math.round(30 + 200 * part), Math.round(60 + 90 * part), Math.round(150 - 60 * part)]
    return Buffer.from([0, ...Array.from({ length: width }, () => point).flat()])
  })
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

async function chatInbox(hub: { command(words: string[]): Promise<string> }, ...options: string[]) {
  const said = await hub.command(['inbox', 'add', 'chat', '--name', 'Veloform', ...options])
  return (JSON.parse(said) as { address: string }).address
}

async function answer(page: Page, text: string): Promise<void> {
  await page.getByRole('tab', { name: /^(Chat|在线聊天)/ }).click()
  const words = page.getByRole('textbox', { name: /^(Your reply|回复内容)/ })
  await words.fill(text)
  await page.keyboard.press('Enter')
  await expect(entry(page, text)).toBeVisible()
}

const accessible = async (page: Page): Promise<void> => {
  const { violations } = await new AxeBuilder({ page }).include('#skein-chat').analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
}

test('a visitor and an agent see each other write, type and read; the network of either goes, the hub dies and returns; nothing is lost, nothing is there twice', async ({
  world,
  browser,
}) => {
  const { hub } = world
  const inbox = await chatInbox(
    hub,
    '--greeting',
    'Hello! Questions about a bike?',
    '--greeting-zh',
    '您好！想了解哪款车？',
    '--greeting-after',
    '0',
  )
  const [outside, inside] = [await cable(hub.url), await cable(hub.url)]
  const shop = await openShop(outside.url, inbox)
  const context = await browser.newContext({ viewport: { width: 420, height: 700 } })
  const customer = await context.newPage()
  const loud: string[] = []
  customer.on('console', message => {
    if (message.type() === 'error') loud.push(message.text())
  })
  customer.on('pageerror', error => loud.push(String(error)))

  try {
    const desk = await world.desk('lin', { hubUrl: inside.url })
    await showView(desk.page, 'open')
    await synced(desk.page)

    // The widget under a strict policy, among the styles of a page that shouts.
    await customer.goto(shop.page('/bikes'))
    const greeting = customer.getByRole('button', { name: 'Hello! Questions about a bike?' })
    await expect(greeting).toBeVisible()
    await greeting.click()
    await expect(customer.getByText('We are here')).toBeVisible()
    await expect(log(customer)).toContainText('Hello! Questions about a bike?')
    await expect(customer.getByRole('dialog')).toHaveCSS('text-transform', 'none')
    await picture(customer, 'form-light-en')
    await accessible(customer)
    await customer.getByRole('textbox', { name: /^Your name/ }).fill('Mara Jansen')
    const attack = 'Is <img src=x onerror="document.title=1"> the blue one in stock?'
    await say(customer, attack)

    await openConversation(desk.page, 'Mara Jansen')
    await expect(entry(desk.page, attack)).toBeVisible()
    await expect(desk.page.getByText('on the site now')).toBeVisible()
    await expect(desk.page.getByText('Veloform bikes')).toBeVisible()
    await expect(bubble(customer, attack)).toContainText('Read')

    // Both see the other type.
    await field(customer).pressSequentially('And how long')
    await expect(desk.page.getByText('Mara Jansen is typing')).toBeVisible()
    await desk.page.getByRole('textbox', { name: /^Your reply/ }).pressSequentially('Let me look')
    await expect(customer.getByText('Lin Wei is typing')).toBeVisible()
    await picture(customer, 'typing-light-en')
    if (pictures) await desk.page.screenshot({ path: join(pictures, 'chat-desk.png') })
    await answer(desk.page, 'Yes, <b>four</b> of them.')
    await expect(bubble(customer, 'Yes, <b>four</b> of them.')).toContainText('Lin Wei')
    await expect(customer.getByText('Lin Wei is typing')).toBeHidden()
    await expect(entry(desk.page, 'Yes, <b>four</b> of them.')).toContainText(/Read/)
    await expect(field(customer)).toHaveValue('And how long')
    await say(customer, 'And how long does delivery take?')
    await expect(entry(desk.page, 'And how long does delivery take?')).toBeVisible()

    // A second tab is the same chat.
    const tab = await context.newPage()
    await tab.goto(shop.page('/delivery'))
    await openChat(tab)
    await expect(bubble(tab, 'And how long does delivery take?')).toBeVisible()
    await say(tab, 'I am in Utrecht.')
    await expect(bubble(customer, 'I am in Utrecht.')).toBeVisible()

    // The customer's network goes without a word; both go on writing.
    outside.cut()
    await say(customer, 'Hello? Are you there?')
    await expect(bubble(customer, 'Hello? Are you there?')).toContainText('Waiting to be sent')
    await answer(desk.page, 'Two days to Utrecht.')
    await expect(entry(desk.page, 'Two days to Utrecht.')).toContainText(/Sent/)
    outside.mend()
    await expect(bubble(customer, 'Two days to Utrecht.')).toBeVisible({ timeout: 45_000 })
    await expect(entry(desk.page, 'Hello? Are you there?')).toBeVisible({ timeout: 45_000 })
    await expect(bubble(customer, 'Hello? Are you there?')).not.toContainText('Waiting')

    // The desk's network goes; what the agent writes waits, and arrives.
    inside.pull()
    await offline(desk.page)
    await answer(desk.page, 'Shall I reserve one?')
    inside.mend()
    await expect(bubble(customer, 'Shall I reserve one?')).toBeVisible({ timeout: 45_000 })

    // The hub dies with an answer on its way, and with the customer writing on.
    await answer(desk.page, 'I have one left in your size.')
    await hub.stop('SIGKILL')
    await say(customer, 'Please do.')
    await say(tab, 'Size M.')
    await hub.start()
    for (const words of ['Please do.', 'Size M.'])
      await expect(entry(desk.page, words)).toBeVisible({ timeout: 60_000 })
    await expect(bubble(customer, 'I have one left in your size.')).toBeVisible({ timeout: 60_000 })

    // The page is loaded anew: the whole chat is there, each message once, the same in both tabs and at the desk.
    await customer.reload()
    if (await launcher(customer).isVisible()) await launcher(customer).click()
    const all = [
      'Hello! Questions about a bike?',
      attack,
      'Yes, <b>four</b> of them.',
      'And how long does delivery take?',
      'I am in Utrecht.',
      'Two days to Utrecht.',
      'Hello? Are you there?',
      'Shall I reserve one?',
      'I have one left in your size.',
      'Please do.',
      'Size M.',
    ].sort()
    for (const page of [customer, tab]) await expect.poll(async () => (await texts(page)).sort()).toEqual(all)
    await synced(desk.page)
    await expect(row(desk.page, 'Mara Jansen')).toHaveCount(1)
    for (const words of all.slice(1))
      if (!words.startsWith('Hello!')) await expect(entry(desk.page, words)).toHaveCount(1)
    await expect.poll(() => hub.waitingJobs(), { timeout: 30_000 }).toBe(0)
    expect(await customer.title()).toBe('Veloform bikes')
    expect(loud.filter(text => /policy|Trusted|TypeError|ReferenceError/i.test(text))).toEqual([])
  } finally {
    await context.close()
    await shop.close()
    await outside.close()
    await inside.close()
  }
})

test('with nobody there the chat becomes a mail form that keeps what was typed; what is left is a letter, answered by mail', async ({
  world,
  browser,
}) => {
  const { hub } = world
  const inbox = await chatInbox(hub, '--ask-email', 'required')
  const shop = await openShop(hub.url, inbox)
  const context = await browser.newContext({ viewport: { width: 640, height: 720 }, colorScheme: 'dark' })
  const customer = await context.newPage()
  const mailed = (words: string): (string | undefined)[] =>
    world.customers.arrivedWith(words).flatMap(({ to = [] }) => to.map(({ address }) => address))
  try {
    const desk = await world.desk('lin')
    await synced(desk.page)
    await customer.goto(shop.page('/?lang=zh-CN'))
    await openChat(customer)
    await expect(customer.getByText('我们在线')).toBeVisible()
    await field(customer).fill('请问蓝色还有货吗？')
    await field(customer).press('Enter')
    await expect(customer.getByRole('alert')).toContainText('邮箱')
    await customer.getByRole('textbox', { name: '您的邮箱' }).fill('zhao@example.cn')
    await customer.getByRole('textbox', { name: /您的称呼/ }).fill('赵明轩')
    await picture(customer, 'form-dark-zh')
    await field(customer).press('Enter')
    await expect(bubble(customer, '请问蓝色还有货吗？')).toContainText('已发送')

    // A picture and a document come; what is no file for a chat is refused before it leaves.
    const files = customer.locator('#skein-chat input[type=file]')
    await files.setInputFiles({ name: 'x.html', mimeType: 'text/html', buffer: Buffer.from('<p>') })
    await expect(customer.getByRole('alert')).toContainText('x.html')
    await files.setInputFiles([
      { name: 'frame.png', mimeType: 'image/png', buffer: photo(300, 200) },
      { name: '清单.csv', mimeType: 'text/csv', buffer: Buffer.from('a,b') },
    ])
    await picture(customer, 'files-chosen-dark-zh')
    await field(customer).press('Enter')
    await expect(customer.locator('#skein-chat .line canvas')).toBeVisible()
    await expect(customer.getByRole('button', { name: '下载 清单.csv' })).toBeVisible()
    await showView(desk.page, 'open')
    await openConversation(desk.page, '赵明轩')
    for (const name of ['frame.png', '清单.csv'])
      await expect(desk.page.getByRole('feed').getByRole('button', { name: `Save ${name}` })).toBeVisible()

    // An answer with a file, which the visitor keeps.
    await desk.page
      .locator('input[type=file]')
      .setInputFiles({ name: '报价.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7') })
    await expect(desk.page.locator('.comp').getByRole('button', { name: /报价\.pdf/ })).toBeVisible()
    await answer(desk.page, '有货，报价见附件。')
    const [download] = await Promise.all([
      customer.waitForEvent('download'),
      customer.getByRole('button', { name: '下载 报价.pdf' }).click(),
    ])
    expect(download.suggestedFilename()).toBe('报价.pdf')
    expect(await readFile(await download.path(), 'utf8')).toBe('%PDF-1.7')
    await accessible(customer)
    await picture(customer, 'files-dark-zh')

    // The conversation by mail, to the address that was typed.
    await customer.getByRole('button', { name: '将对话发送到邮箱' }).click()
    await expect(customer.getByRole('textbox', { name: '将此对话发送到' })).toHaveValue('zhao@example.cn')
    await picture(customer, 'transcript-dark-zh')
    await customer.getByRole('button', { name: '发送', exact: true }).first().click()
    await expect(customer.getByText('正在发送到 zhao@example.cn')).toBeVisible()
    await accessible(customer)
    await expect.poll(() => mailed('有货，报价见附件。')).toEqual(['zhao@example.cn'])
    await customer.getByRole('button', { name: '关闭', exact: true }).click()
    await field(customer).fill('我可以周五来取吗')

    await desk.close()
    await expect(customer.getByText('现在没有人在线')).toBeVisible({ timeout: 60_000 })
    await expect(field(customer)).toHaveValue('我可以周五来取吗')
    await picture(customer, 'away-dark-zh')
    await accessible(customer)
    await customer.getByRole('button', { name: '提交留言' }).click()
    await expect(bubble(customer, '我可以周五来取吗')).toContainText('回复将寄到 zhao@example.cn')

    await desk.start()
    await showView(desk.page, 'open')
    await openConversation(desk.page, '有货，报价见附件。')
    await expect(entry(desk.page, '请问蓝色还有货吗？')).toHaveCount(1)
    await expect(entry(desk.page, '我可以周五来取吗')).toHaveCount(0)
    await expect(desk.page.getByRole('complementary').getByTitle('Typed by the visitor')).toContainText(
      'zhao@example.cn',
    )
    // What was left stands by itself, in the inbox for mail, and goes back as mail.
    await openConversation(desk.page, '我可以周五来取吗')
    await expect(entry(desk.page, '我可以周五来取吗')).toHaveCount(1)
    await reply(desk.page, '可以，周五见。')
    await expect.poll(() => mailed('可以，周五见。')).toEqual(['zhao@example.cn'])
    await expect(customer.getByText('我们在线')).toBeVisible({ timeout: 60_000 })

    // When the chat is closed, they are asked how it was: at the desk it stands in the timeline and in the panel.
    await openConversation(desk.page, '有货，报价见附件。')
    await desk.page.getByRole('button', { name: 'Resolve', exact: true }).click()
    await customer.getByRole('button', { name: '4 分，满意' }).click()
    await customer.getByRole('textbox', { name: /哪里好/ }).fill('回复很快，报价也很清楚。')
    await picture(customer, 'rating-dark-zh')
    await accessible(customer)
    await customer.keyboard.press('Enter')
    await expect(customer.getByText('我们会认真阅读')).toBeVisible()
    await expect(desk.page.getByText('回复很快，报价也很清楚。')).toBeVisible()
    await expect(desk.page.getByRole('complementary').getByRole('button', { name: '4.0 of 5' })).toBeVisible()
    if (pictures) await desk.page.screenshot({ path: join(pictures, 'chat-rated.png') })

    // By keyboard alone: Escape closes and gives the focus back, Enter opens again where one was.
    await field(customer).press('Escape')
    await expect(customer.getByRole('dialog')).toBeHidden()
    await expect(launcher(customer)).toBeFocused()
    await customer.keyboard.press('Enter')
    await expect(field(customer)).toBeFocused()
    await expect(log(customer)).toContainText('请问蓝色还有货吗？')

    // The next page of the site: the chat is open where it was, and takes nobody's focus.
    await customer.goto(shop.page('/?lang=zh-CN&theme=light'))
    await expect(bubble(customer, '我可以周五来取吗')).toBeVisible()
    await expect(field(customer)).not.toBeFocused()
    await picture(customer, 'open-light-zh')
    await accessible(customer)
  } finally {
    await context.close()
    await shop.close()
  }
})
