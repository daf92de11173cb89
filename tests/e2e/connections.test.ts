// An administrator connects a shop by the desk's own form; agents see its card, also without a network, and when the shop is down.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect as plain } from '@playwright/test'
import { offline, openConversation, row, showView, synced, timeline } from './support/actions.ts'
import { test } from './support/world.ts'

// Real servers on a busy machine answer when they can.
const expect = plain.configure({ timeout: 60_000 })

/** Ana has ordered twice. Whoever has not the token is told nothing. */
async function openOrders() {
  const state = { down: false, asked: 0 }
  const server = createServer((request, response) => {
    state.asked += 1
    const allowed = request.headers.authorization === 'Bearer t0ken'
    const known =
      new URL(request.url ?? '/', 'http://shop').searchParams.get('email') === 'ana@customer.example'
    const status = state.down ? 500 : allowed ? (known ? 200 : 404) : 401
    const order = (number: string, state: string, placed: string, total: number) => ({
      number,
      state,
      placed,
      total,
    })
    response.writeHead(status, { 'content-type': 'application/json' }).end(
      status === 200
        ? JSON.stringify({
            result: {
              orders: [
                order('A-1', 'shipped', '2026-11-02', 80),
                order('A-2', 'refunded', '2026-11-20', 1290.5),
              ],
            },
          })
        : '{}',
    )
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    state,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections()
      return new Promise<void>(resolve => server.close(() => resolve()))
    },
  }
}

test('a shop is connected by pressing values into their place; its card stands beside the conversation, without the network too, and its failure is its own', async ({
  world,
}, info) => {
  const { hub, customers } = world
  const shop = await openOrders()
  try {
    await customers.write(hub.smtp, {
      from: { name: 'Ana Ruiz', address: 'ana@customer.example' },
      ...{ to: 'support@skein.example', subject: 'My order', text: 'Where is it?' },
    })
    const desk = await world.emptyDesk()
    await desk.signIn('admin@skein.example')
    const { page } = desk
    await synced(page)
    const look = (name: string) => page.screenshot({ path: info.outputPath(`${name}.png`) })
    const dialog = page.getByRole('dialog')
    await page.getByRole('button', { name: /^Your account/ }).click()
    await page.getByRole('menuitem', { name: 'Settings' }).click()
    await dialog.getByRole('tab', { name: 'Connections' }).click()
    await dialog.getByRole('button', { name: 'REST / JSON' }).click()

    await dialog.getByLabel('Name in the panel').fill('Shop')
    await dialog.getByLabel('Address', { exact: true }).fill(`${shop.url}/orders?email={email}`)
    await dialog.getByLabel('Token', { exact: true }).fill('wrong')
    await dialog.getByLabel('Email', { exact: true }).fill('ana@customer.example')
    await dialog.getByRole('button', { name: 'Ask', exact: true }).click()
    await expect(dialog.getByText('It refuses the sign-in.', { exact: false })).toBeVisible()
    await dialog.getByLabel('Token', { exact: true }).fill('t0ken')
    await dialog.getByRole('button', { name: 'Ask', exact: true }).click()

    // The list, then one field after the other.
    const tree = dialog.locator('.map-tree')
    for (const value of ['"A-1"', '"A-1"', '"shipped"', '"2026-11-02"', '80'])
      await tree.getByRole('button', { name: value, exact: true }).click()
    expect(await dialog.getByLabel('List', { exact: true }).inputValue()).toBe('result.orders')
    expect(await dialog.getByLabel('Amount', { exact: true }).inputValue()).toBe('total')
    await dialog.getByLabel('Currency', { exact: true }).fill('EUR')
    await expect(dialog.locator('.map-card')).toContainText('A-2')
    await expect(dialog.locator('.map-card')).toContainText('€1,290.50')
    await look('mapped')
    await dialog.getByRole('button', { name: 'Connect', exact: true }).click()
    await expect(dialog.getByRole('button', { name: /^Shop/ })).toContainText(
      'Not asked since the hub started',
    )
    await page.keyboard.press('Escape')

    await showView(page, 'open')
    await expect(row(page, 'Ana Ruiz')).toBeVisible()
    await openConversation(page, 'Ana Ruiz')
    const card = page
      .locator('.panel-part')
      .filter({ has: page.getByRole('button', { name: 'Shop', exact: true }) })
    await expect(card).toContainText('A-1')
    await expect(card).toContainText('just now')
    await look('card')

    shop.state.down = true
    const failed = card.getByText('It answered with an error (500).')
    await expect(async () => {
      // What was heard this moment counts even for a person who asks anew.
      await card.getByRole('button', { name: 'Ask Shop anew' }).click()
      await plain(failed).toBeVisible({ timeout: 4_000 })
    }).toPass()
    await expect(card).toContainText('A-1')
    await expect(timeline(page)).not.toContainText('Shop')
    await look('failed')

    await hub.stop('SIGKILL')
    await offline(page)
    await desk.kill()
    await desk.start()
    await offline(desk.page)
    await showView(desk.page, 'open')
    await openConversation(desk.page, 'Ana Ruiz')
    const kept = desk.page.locator('.card')
    await expect(kept).toContainText('A-1')
    await expect(kept).toHaveAttribute('data-old', 'true')
    await desk.page.screenshot({ path: info.outputPath('offline.png') })
  } finally {
    await shop.close()
  }
})
