// Mail HTML by the real path: an item on the desk, shown in its original layout in a real Chromium.
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { failed, ok } from '#shared/protocol/fault.ts'
import { type DeskPage, openStage, type Stage } from '../support/page.ts'
import type { World } from '../support/world.ts'
import { harmlessHtml, hostileHtml } from './hostile-html.ts'
import { customerId, mailId, thread } from './scene.ts'

let stage: Stage
let desk: DeskPage
let world: World
const asked: string[] = []

const first = 'a1'
const frame = (page: Page) => page.frameLocator('.tl-original iframe')

let shown = 0

/** Puts HTML into the item and waits until the frame holds what was made of it. */
async function show(html: string): Promise<void> {
  const item = world.one('item', first)
  if (!item) throw new Error('no such item')
  const subject = `Sample ${++shown}`
  world.put('item', { ...item, html, subject })
  const before = await desk.page.evaluate(framed)
  desk.core.changed()
  await desk.page.getByRole('heading', { name: subject, exact: true }).waitFor()
  // Two samples of which nothing is left are one document, and that is not loaded again.
  const after = await desk.page.evaluate(framed)
  if (after.document !== before.document)
    await expect.poll(async () => (await desk.page.evaluate(framed)).loads).toBeGreaterThan(before.loads)
}

function framed(): { document: string; loads: number } {
  const element = document.querySelector('.tl-original iframe') as HTMLIFrameElement & { loads?: number }
  if (element.loads === undefined) {
    element.loads = 0
    element.addEventListener('load', () => {
      element.loads = (element.loads ?? 0) + 1
    })
  }
  return { document: element.srcdoc, loads: element.loads }
}

beforeAll(async () => {
  stage = await openStage()
  world = thread()
  desk = await stage.open(world, {
    prepare: core =>
      core.answer('attachmentRead', () => ok({ name: 'logo.png', type: 'image/png', bytes: pixel })),
  })
  const { page } = desk
  page.setDefaultTimeout(20_000)
  page.on('request', request => asked.push(request.url()))
  page.on('dialog', dialog => {
    asked.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  await page.getByText('Amara Okonkwo').first().click()
  await page.getByRole('button', { name: 'Original' }).first().click()
  await page.locator('.tl-original iframe').waitFor()
})
afterAll(async () => {
  await desk?.close()
  await stage?.close()
})

describe('hostile HTML', () => {
  it.each(hostileHtml)('%s runs nothing, fetches nothing, leads nowhere', async (_what, html) => {
    const { page } = desk
    const before = page.url()
    asked.length = 0
    await show(html)
    await page.evaluate(poke)
    // Whatever was started would have run or asked by now: two frames and an empty queue later.
    await page.evaluate(
      () =>
        new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve)))),
    )
    expect(await page.evaluate(() => (window as unknown as { hit?: number }).hit)).toBeUndefined()
    expect(await page.title()).not.toBe('hit')
    expect(page.url()).toBe(before)
    expect(asked.filter(url => !url.startsWith('about:') && !url.startsWith('data:image'))).toEqual([])
    expect(await page.evaluate(leftOver)).toEqual([])
  })
})

/** Everything that could be pressed in the frame is pressed. */
function poke(): void {
  const inside = (document.querySelector('.tl-original iframe') as HTMLIFrameElement).contentDocument
  for (const element of inside?.querySelectorAll<HTMLElement>('*') ?? [])
    if (!element.hasAttribute('data-link')) element.click?.()
}

/** What must never be in the frame, whatever was put in. */
function leftOver(): string[] {
  const inside = (document.querySelector('.tl-original iframe') as HTMLIFrameElement).contentDocument
  const found: string[] = []
  for (const element of inside?.querySelectorAll('*') ?? []) {
    if (
      /^(?:script|iframe|frame|object|embed|applet|form|input|button|textarea|select|svg|math|base|link|video|audio|template)$/.test(
        element.localName,
      )
    )
      found.push(element.localName)
    for (const { name, value } of element.attributes) {
      if (/^on/i.test(name)) found.push(name)
      if (/^(?:href|xlink:href|action|formaction|background|srcset|ping|target|poster|data|cite)$/.test(name))
        if (/:|\/\//.test(value) || name === 'target') found.push(`${name}=${value}`)
      if (name === 'src' && !/^(?:data:image\/(?:png|gif|jpe?g|webp);base64,|blob:)/.test(value))
        found.push(value)
      if (name === 'style' && /url|import/i.test(value)) found.push(value)
    }
  }
  return found
}

describe('ordinary mail', () => {
  it('looks as it was laid out, in a frame of its own height', async () => {
    await show(harmlessHtml)
    const { page } = desk
    await expect.poll(() => frame(page).locator('td').first().textContent()).toBe('3 packs')
    const [inside, outside] = await page.evaluate(() => {
      const element = document.querySelector('.tl-original iframe') as HTMLIFrameElement
      return [element.contentDocument?.body.scrollHeight ?? 0, element.clientHeight]
    })
    await expect.poll(() => Math.abs((outside ?? 0) - (inside ?? 0))).toBeLessThanOrEqual(24)
    expect(
      await frame(page)
        .locator('td.red')
        .evaluate(cell => getComputedStyle(cell).color),
    ).toBe('rgb(204, 0, 0)')
  })

  it('shows a picture that came with it', async () => {
    const item = world.one('item', first)
    if (!item) throw new Error('no such item')
    world.put('item', {
      ...item,
      attachments: [
        {
          sha256: 'c'.repeat(64),
          name: 'logo.png',
          type: 'image/png',
          size: 70,
          contentId: '<logo@parcelo.eu>',
        },
      ],
    })
    await show(`${harmlessHtml} `)
    await expect
      .poll(() =>
        frame(desk.page)
          .locator('img[alt=logo]')
          .evaluate((image: HTMLImageElement) => image.naturalWidth),
      )
      .toBe(1)
  })

  it('opens a link by the host, and says where it leads before', async () => {
    await show(harmlessHtml)
    const { page } = desk
    await page.evaluate(() => {
      ;(window as unknown as { opened: string[] }).opened = []
      window.open = address => {
        ;(window as unknown as { opened: string[] }).opened.push(String(address))
        return null
      }
    })
    const link = frame(page).getByRole('link', { name: 'your order' })
    expect(await link.getAttribute('title')).toBe('https://veloform.com/orders')
    await link.click()
    await frame(page).getByRole('link', { name: 'write' }).focus()
    await page.keyboard.press('Enter')
    expect(await page.evaluate(() => (window as unknown as { opened: string[] }).opened)).toEqual([
      'https://veloform.com/orders',
      'mailto:support@veloform.com',
    ])
  })

  it('says which pictures it did not fetch, and why', async () => {
    await show(
      '<img src="https://parcelo.eu/a.png"><img src="https://parcelo.eu/p.gif" width="1" height="1"><p>Hello</p>',
    )
    await desk.page.getByText('2 pictures were not fetched').waitFor()
    expect(await frame(desk.page).locator('img').count()).toBe(1)
  })

  it('fetches pictures by way of the hub on a click, and always from a sender one has chosen', async () => {
    const { page, core } = desk
    const wanted: string[] = []
    core.answer('remoteImage', (({ url }: { url: string }) => {
      wanted.push(url)
      return url.includes('gone') ? failed('not-found') : ok({ type: 'image/png', bytes: pixel })
    }) as never)
    const width = (alt: string): Promise<number> =>
      frame(page)
        .locator(`img[alt=${alt}]`)
        .evaluate((image: HTMLImageElement) => image.naturalWidth)
    const pictures =
      '<img alt=one src="https://parcelo.eu/a.png"><img alt=two src="//parcelo.eu/b.png"><img alt=three src="http://parcelo.eu/gone.png"><img src="https://parcelo.eu/p.gif" width="1" height="1"><img src="x.png">'
    asked.length = 0
    await show(pictures)
    expect(wanted).toEqual([])
    await page.getByRole('button', { name: 'Show pictures' }).click()
    await page.getByText('1 picture could not be fetched.').waitFor()
    // A point and what has no address stay out.
    expect(wanted.toSorted()).toEqual([
      ...['http://parcelo.eu/gone.png', 'https://parcelo.eu/a.png', 'https://parcelo.eu/b.png'],
    ])
    expect([await width('one'), await width('two'), await width('three')]).toEqual([1, 1, 0])
    expect(asked.filter(url => url.includes('parcelo'))).toEqual([])

    const sender = world.one('item', first)?.mail?.from?.address ?? ''
    await page.getByRole('button', { name: `Always from ${sender}` }).click()
    await page.getByText(`Pictures from ${sender} are always shown on this desk.`).waitFor()
    expect(core.asked.findLast(({ name }) => name === 'setPreferences')?.args).toEqual({
      imagesFrom: [sender],
    })
    await page.getByRole('button', { name: 'Ask again' }).click()
    await page.getByRole('button', { name: `Always from ${sender}` }).waitFor()
  })

  it('never always of a sender who is not who they claim to be', async () => {
    const item = world.one('item', first)
    if (!item?.mail) throw new Error('no such mail')
    world.put('item', { ...item, mail: { ...item.mail, sender: 'unverified' } })
    desk.core.preferences({ imagesFrom: [item.mail.from?.address ?? ''] })
    await show('<img alt=one src="https://parcelo.eu/c.png"><p>Pay now</p>')
    await frame(desk.page).getByText('Pay now').waitFor()
    expect(await desk.page.getByRole('button', { name: /^Always from/ }).count()).toBe(0)
    expect(await desk.page.getByText('are always shown').count()).toBe(0)
    world.put('item', item)
    desk.core.preferences({ imagesFrom: [] })
  })

  it('a key pressed inside it means what it means outside', async () => {
    await show('<p>Hello</p>')
    const { page } = desk
    // A mail is listened to as soon as the desk has taken notice of it, which is not the same moment as its being loaded.
    const press = () =>
      page.evaluate(() => {
        const inside = (document.querySelector('.tl-original iframe') as HTMLIFrameElement).contentDocument
        inside?.body.setAttribute('tabindex', '0')
        inside?.body.focus()
        const key = { key: 'k', ctrlKey: true, bubbles: true, cancelable: true }
        return inside?.body.dispatchEvent(new KeyboardEvent('keydown', key))
      })
    await expect.poll(press).toBe(false)
    await page.getByRole('dialog', { name: 'Search' }).waitFor()
    await page.keyboard.press('Escape')
  })

  it('is light on dark where it has no colours, and on paper where it has', async () => {
    const { page, core } = desk
    core.preferences({ theme: 'dark' })
    await show('<p>No colours here</p>')
    const colour = (): Promise<string> =>
      frame(page)
        .locator('body')
        .evaluate(body => getComputedStyle(body).color)
    await expect.poll(colour).toBe('rgb(236, 234, 230)')
    await show('<p style="color:#123456">Colours here</p>')
    expect(await page.locator('.tl-frame[data-paper]').count()).toBe(1)
    expect(
      await page.locator('.tl-frame').evaluate(element => getComputedStyle(element).backgroundColor),
    ).toBe('rgb(255, 255, 255)')
    core.preferences({ theme: 'light' })
  })
})

it('shows the text first: the layout is a choice', async () => {
  const own = await stage.open(thread())
  try {
    await own.page.getByText('Amara Okonkwo').first().click()
    await own.page.getByText('the second pack from order').first().waitFor()
    expect(await own.page.locator('iframe').count()).toBe(0)
    expect(world.one('conversation', mailId)?.customerId).toBe(customerId)
  } finally {
    await own.close()
  }
})

const pixel = Uint8Array.from(
  atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='),
  letter => letter.charCodeAt(0),
)
