// What is written reaches whom it is meant for, and is never lost: a colleague named in a note, a draft on one's other desk, a desk that dies.
import { expect, type Page } from '@playwright/test'
import { pasteFiles, screenshot } from '../renderer/support/files.ts'
import { entry, openConversation, row, search, showView, synced } from './support/actions.ts'
import { test, type World } from './support/world.ts'

const asks = ({ hub, customers }: World, text: string): Promise<void> =>
  customers.write(hub.smtp, {
    from: { name: 'Amara Okonkwo', address: 'amara@shop.example' },
    to: 'support@skein.example',
    subject: 'Blue frame',
    text,
  })

/** As when the machine loses its power. */
async function dieAndComeBack(desk: Awaited<ReturnType<World['desk']>>): Promise<void> {
  await desk.kill()
  await desk.start()
  await opened(desk)
}

async function opened({ page }: { page: Page }): Promise<void> {
  await showView(page, 'open')
  await openConversation(page, 'Amara Okonkwo')
}

test('a colleague who is named has it in a view until they have read it; a draft is on one’s other desk, and survives a desk that is killed', async ({
  world,
}) => {
  const { hub } = world
  await asks(world, 'Is it back in stock?')
  const lin = await world.desk('lin')
  const tomas = await world.desk('tomas')
  await opened(lin)

  await lin.page.keyboard.press('n')
  await lin.page.getByRole('textbox', { name: 'Your note' }).pressSequentially('Could you look, @to')
  const colleagues = lin.page.getByRole('listbox', { name: 'Colleagues' })
  await expect(colleagues.getByRole('option')).toHaveText([/Tomás Rivera/])
  await lin.page.keyboard.press('Enter')
  await lin.page.keyboard.type('please?')
  await lin.page.keyboard.press('Control+Enter')
  await expect(entry(lin.page, 'Could you look, @Tomás Rivera please?')).toBeVisible()

  const mentions = tomas.page.locator('[data-view="mentioned"]')
  await expect(mentions).toContainText('1')
  await tomas.page.keyboard.press('8')
  await row(tomas.page, 'Amara Okonkwo').click()
  await expect(tomas.page.locator('.tl-mention-me')).toHaveText('@Tomás Rivera')
  await expect(mentions).not.toContainText('1')
  // The one who named sees a name, and nothing in their own view.
  await showView(lin.page, 'mentioned')
  await expect(lin.page.getByText('Nobody has named you yet')).toBeVisible()

  const words = 'Yes, four of them, 明天就能发'
  const field = (page: typeof lin.page) => page.getByRole('textbox', { name: 'Your reply' })
  await lin.page.keyboard.press('r')
  await field(lin.page).pressSequentially(words)
  const other = await world.desk('lin')
  await opened(other)
  await expect(field(other.page)).toHaveText(words)

  // Without the hub: what comes back then is on this desk alone.
  await hub.stop()
  await field(lin.page).pressSequentially('!')
  await lin.page.evaluate(() => window.dispatchEvent(new Event('blur')))
  // Whatever is asked later is answered later: the words are on the disk.
  await expect((await search(lin.page, 'Amara')).first()).toBeVisible()
  await dieAndComeBack(lin)
  await expect(field(lin.page)).toHaveText(`${words}!`)
  await hub.start()
  await synced(lin.page)
  await expect(field(other.page)).toHaveText(`${words}!`)
})

test('a picture in the words of a mail is on one’s other desk, outlives a desk that is killed without the hub, is related to the mail that leaves, and is seen by colleagues', async ({
  world,
}) => {
  const { hub, customers } = world
  await asks(world, 'Which one is it?')
  const lin = await world.desk('lin')
  const words = (page: Page) => page.getByRole('textbox', { name: 'Your reply' })
  const picture = (within: ReturnType<Page['locator']>) => within.locator('.word-picture img')
  const wide = (within: ReturnType<Page['locator']>) =>
    expect.poll(() => picture(within).evaluate(image => (image as HTMLImageElement).naturalWidth)).toBe(800)
  const bytes = screenshot(800, 400)

  await opened(lin)
  await lin.page.keyboard.press('r')
  await lin.page.keyboard.type('This one: ')
  await pasteFiles(lin.page, [{ name: '显示屏.png', type: 'image/png', bytes }])
  await wide(words(lin.page))
  await lin.page.keyboard.type(' twice')
  const other = await world.desk('lin')
  await opened(other)
  await expect(words(other.page)).toHaveText('This one:  twice')
  await wide(words(other.page))

  // Without the hub: a second picture and its size are on this desk alone, and then nobody is at it any more.
  await hub.stop()
  await pasteFiles(lin.page, [{ name: 'close.png', type: 'image/png', bytes: screenshot(300, 150) }])
  await expect(picture(words(lin.page))).toHaveCount(2)
  await lin.page.keyboard.press('ArrowLeft')
  await lin.page.keyboard.press('-')
  await lin.page.evaluate(() => window.dispatchEvent(new Event('blur')))
  await expect((await search(lin.page, 'Amara')).first()).toBeVisible()
  await dieAndComeBack(lin)
  await expect(picture(words(lin.page))).toHaveCount(2)
  await expect(words(lin.page).locator('.word-picture').nth(1)).toHaveCSS('width', '240px')

  await hub.start()
  await synced(lin.page)
  await words(lin.page).focus()
  await lin.page.keyboard.press('Control+Enter')
  await expect(entry(lin.page, 'This one')).toContainText(/Sent/i)
  const [mail] = customers.arrivedWith('This one')
  expect(mail?.text).toContain('This one: [显示屏.png] twice[close.png]')
  const shown = [...(mail?.html?.matchAll(/<img src="cid:([^"]+)" alt="([^"]+)" width="(\d+)"/g) ?? [])]
  expect(shown.map(([, , alt, width]) => [alt, width])).toEqual([
    ['显示屏.png', '640'],
    ['close.png', '240'],
  ])
  expect(mail?.attachments.map(({ contentId, related }) => [contentId, related])).toEqual(
    shown.map(([, id]) => [`<${id}>`, true]),
  )
  expect(Buffer.from(mail?.attachments[0]?.content as ArrayBuffer).equals(bytes)).toBe(true)

  const tomas = await world.desk('tomas')
  await opened(tomas)
  const letter = entry(tomas.page, 'This one')
  await expect(picture(letter)).toHaveCount(2)
  await expect(letter.getByRole('img', { name: 'close.png' })).toBeVisible()
  await expect(letter.getByRole('button', { name: /\.png/ })).toHaveCount(0)
})

test('an answer that is shared grows at a colleague’s desk, outlives its writer’s, is taken over, and reaches the customer once', async ({
  world,
}) => {
  const { customers } = world
  await asks(world, 'Is it back in stock?')
  const lin = await world.desk('lin')
  const tomas = await world.desk('tomas')
  const field = ({ page }: typeof lin) => page.getByRole('textbox', { name: 'Your reply' })
  const strip = ({ page }: typeof lin) => page.locator('.shared-strip')
  await opened(lin)
  await opened(tomas)
  await lin.page.keyboard.press('r')
  await lin.page.keyboard.type('Hello Amara, ')
  await lin.page.keyboard.press('Control+Shift+D')
  await expect(strip(lin)).toContainText('Colleagues read along here')
  await lin.page.keyboard.type('it is back.')
  await expect(entry(tomas.page, 'Hello Amara, it is back.')).toContainText('Shared draft')
  await expect(strip(tomas)).toContainText('writes a draft that is shared')
  await expect(row(tomas.page, 'Amara Okonkwo')).toContainText('Shared draft')

  await dieAndComeBack(lin)
  await expect(field(lin)).toHaveText('Hello Amara, it is back.')
  await expect(strip(lin)).toContainText('Colleagues read along here')

  await tomas.page.keyboard.press('r')
  await tomas.page.keyboard.press('Control+Shift+D')
  await expect(field(tomas)).toHaveText('Hello Amara, it is back.')
  await expect(strip(lin)).toContainText('Tomás Rivera writes a draft that is shared')
  await expect(field(lin)).toHaveText('')
  await tomas.page.keyboard.press('Control+End')
  await tomas.page.keyboard.type(' 明天就能发。')
  await expect(entry(lin.page, '明天就能发')).toContainText('Shared draft')
  await tomas.page.keyboard.press('Control+Enter')
  await expect(entry(lin.page, '明天就能发')).toContainText(/Sent/i)
  await expect(strip(lin)).toHaveCount(0)
  await expect(strip(tomas)).toHaveCount(0)
  expect(customers.arrivedWith('Hello Amara').map(({ text }) => text?.split('\n')[0])).toEqual([
    'Hello Amara, it is back. 明天就能发。',
  ])
})
