// What is written reaches whom it is meant for, and is never lost: a colleague named in a note, a draft on one's other desk, a desk that dies.
import { expect } from '@playwright/test'
import { entry, openConversation, row, search, showView, synced } from './support/actions.ts'
import { test } from './support/world.ts'

test('a colleague who is named has it in a view until they have read it; a draft is on one’s other desk, and survives a desk that is killed', async ({
  world,
}) => {
  const { hub, customers } = world
  await customers.write(hub.smtp, {
    from: { name: 'Amara Okonkwo', address: 'amara@shop.example' },
    to: 'support@skein.example',
    subject: 'Blue frame',
    text: 'Is it back in stock?',
  })
  const lin = await world.desk('lin')
  const tomas = await world.desk('tomas')
  await showView(lin.page, 'open')
  await openConversation(lin.page, 'Amara Okonkwo')

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
  await showView(other.page, 'open')
  await openConversation(other.page, 'Amara Okonkwo')
  await expect(field(other.page)).toHaveText(words)

  // Without the hub: what comes back then is on this desk alone.
  await hub.stop()
  await field(lin.page).pressSequentially('!')
  await lin.page.evaluate(() => window.dispatchEvent(new Event('blur')))
  // Whatever is asked later is answered later: the words are on the disk.
  await expect((await search(lin.page, 'Amara')).first()).toBeVisible()
  await lin.kill()
  await lin.start()
  await showView(lin.page, 'open')
  await openConversation(lin.page, 'Amara Okonkwo')
  await expect(field(lin.page)).toHaveText(`${words}!`)
  await hub.start()
  await synced(lin.page)
  await expect(field(other.page)).toHaveText(`${words}!`)
})
