// A page that dies is where it was when it is loaded anew: its list, its conversation, its place in it, what was being written.
import { expect } from '@playwright/test'
import { uuidv7 } from 'uuidv7'
import { entry, openConversation, row, showView, synced, timeline, write } from './support/actions.ts'
import { colleague } from './support/colleague.ts'
import { crashAndReload } from './support/crash.ts'
import { team, test } from './support/world.ts'

test('a page that crashes comes back where it was, with every word', async ({ world }) => {
  const { hub, customers } = world
  for (const [index, name] of ['Amara Okonkwo', '赵明轩', 'Sofia Lindqvist'].entries())
    await customers.write(hub.smtp, {
      from: { name, address: `customer-${index}@shop.example` },
      to: 'support@skein.example',
      subject: `Order ${index}`,
      text: 'Where is my parcel?',
    })
  const tomas = await colleague(hub.url, team.tomas.email)
  const list = tomas.page.watch('conversations', {
    view: 'open',
    inboxId: null,
    sort: 'newest',
    offset: 0,
    limit: 50,
  })
  await tomas.page.until(() => list.rows.length === 3)
  const { conversation } = list.rows.find(({ customerName }) => customerName === '赵明轩')!
  for (let n = 0; n < 60; n += 1)
    await tomas.do('note.add', {
      id: uuidv7(),
      conversationId: conversation.id,
      text: `Line ${n} of a long story`,
      attachments: [],
      at: Date.now(),
    })
  await tomas.page.drained()
  await tomas.close()

  const desk = await world.desk('lin', { inspected: true })
  const { page } = desk
  await showView(page, 'open')
  await openConversation(page, '赵明轩')
  await expect(entry(page, 'Line 59 of')).toBeVisible()
  await synced(page)
  await write(page, 'note', '他昨天打过电话')
  // In the middle of the story.
  await timeline(page).hover()
  await expect(async () => {
    await page.mouse.wheel(0, -500)
    await expect(entry(page, 'Line 25 of')).toBeInViewport({ timeout: 500 })
  }).toPass()
  const kept = await page.waitForFunction(() => {
    const { value } = JSON.parse(sessionStorage.getItem('skein.sight.timeline') ?? '{}')
    return value as string | undefined
  })
  const middle = await kept.jsonValue()

  const { page: again, browser } = await crashAndReload(desk)
  await expect(again.locator('[data-view=open]')).toHaveAttribute('aria-current', 'true')
  await expect(row(again, '赵明轩')).toHaveAttribute('aria-selected', 'true')
  await expect(again.getByRole('textbox', { name: /^Your note/ })).toHaveText('他昨天打过电话')
  await expect(again.locator(`[data-key="${middle}"]`)).toBeInViewport()
  await expect(again.getByRole('article').filter({ hasText: 'Line 59 of' })).toHaveCount(0)

  await browser.close()
})
