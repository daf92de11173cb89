// The timeline in a real Chromium over a scripted core: where it opens, that nothing jumps, and what its items let one do.
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { failed, ok } from '#shared/protocol/fault.ts'
import { inbound, outbound } from '../support/items.ts'
import type { DeskPage } from '../support/page.ts'
import { stageOfFile } from '../support/stage.ts'
import type { World } from '../support/world.ts'
import { article, mutated, openThread, reply, typed } from './opened.ts'
import { at, chat, colleague, customerId, mail, mailId, me, thread, withHeld, withHistory } from './scene.ts'

const stage = stageOfFile()

const open = async (...args: [World, Parameters<typeof openThread>[2]?]): Promise<DeskPage> => {
  return openThread(stage, ...args)
}

const who = { identityId: 'identity-3', from: 'amara@parcelo.eu', name: 'Amara Okonkwo' }
const arrives = (world: World, id: string, text: string, minutes = 5): void => {
  world.put('item', inbound(mail, { id, seq: 20, at: at(19, 14, minutes), text, ...who }))
}
const distanceFromEnd = (page: Page): Promise<number> =>
  page
    .locator('.tl-scroll')
    .evaluate(element => Math.round(element.scrollHeight - element.scrollTop - element.clientHeight))
const topOf = async (page: Page, text: string): Promise<number> =>
  Math.round((await article(page, text).boundingBox())?.y ?? Number.NaN)
/** Scrolled, and what came into sight measured. */
const scrollUp = (page: Page, by: number): Promise<void> =>
  page.evaluate(async by => {
    const scroll = document.querySelector('.tl-scroll')
    scroll?.scrollBy({ top: -by, behavior: 'instant' })
    for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame)
  }, by)
/** How far, in pixels, the item in the middle of the window moves in the next frames. */
const drift = (page: Page, frames: number): Promise<number> =>
  page.evaluate(async frames => {
    const frame = document.querySelector('.tl-scroll')?.getBoundingClientRect()
    const middle = ((frame?.top ?? 0) + (frame?.bottom ?? 0)) / 2
    const tops = (): Map<string, number> =>
      new Map(
        [...document.querySelectorAll<HTMLElement>('[role=article]')].map(each => [
          each.dataset.key ?? '',
          each.getBoundingClientRect().top,
        ]),
      )
    const read = [...tops()].filter(([, top]) => top <= middle).at(-1)
    if (!read) return Number.NaN
    let most = 0
    for (let count = 0; count < frames; count++) {
      await new Promise(requestAnimationFrame)
      most = Math.max(most, Math.abs((tops().get(read[0]) ?? Number.NaN) - read[1]))
    }
    return most
  }, frames)

describe('where it opens', () => {
  it('at the end when what is new fits, with the mark before it', async () => {
    const { page } = await open(thread())
    await expect.poll(() => distanceFromEnd(page)).toBeLessThanOrEqual(2)
    await page.getByText('2 new since 10:45').waitFor()
  })

  it('at what is new when that is longer than the window', async () => {
    const world = withHistory(thread(), 60)
    world.put('readMark', {
      id: `${me}.conversation-3-old.read`,
      agentId: me,
      conversationId: 'conversation-3-old',
      seq: 30,
    })
    world.rows.docs.delete(`readMark:${me}.${mailId}.read`)
    world.rows.docs.delete(`readMark:${me}.${chat.conversationId}.read`)
    const { page } = await open(world)
    await page.getByText(/new since/).waitFor()
    const [mark, top] = await Promise.all([
      page.getByText(/new since/).boundingBox(),
      page.locator('.tl-scroll').boundingBox(),
    ])
    expect((mark?.y ?? 0) - (top?.y ?? 0)).toBeLessThan(60)
    await article(page, 'Message 31.').waitFor()
  })

  it('and tells how far it was read, once', async () => {
    const world = thread()
    const opened = await open(world)
    await expect
      .poll(() =>
        mutated(opened, 'conversation.read').map(({ conversationId, seq }) => [conversationId, seq]),
      )
      .toEqual([[chat.conversationId, 4]])
  })
})

describe('nothing jumps', () => {
  it('at the end, an item that arrives is followed and said aloud', async () => {
    const world = thread()
    const { page, core } = await open(world)
    arrives(world, 'new-1', 'One more thing about the battery.')
    core.changed()
    await article(page, 'One more thing').waitFor()
    await expect.poll(() => distanceFromEnd(page)).toBeLessThanOrEqual(2)
    await expect
      .poll(() => page.locator('[aria-live=polite]').allTextContents())
      .toContainEqual(expect.stringContaining('One more thing about the battery.'))
  })

  it('further up, an item that arrives is counted and what is read stays where it is', async () => {
    const world = withHistory(thread(), 60)
    const { page, core } = await open(world)
    await scrollUp(page, 1500)
    await expect.poll(() => distanceFromEnd(page)).toBeGreaterThan(700)
    const text = (await middle(page)) ?? ''
    const before = await topOf(page, text)
    arrives(world, 'new-2', 'Somewhere below.')
    core.changed()
    await page.getByRole('button', { name: '1 new message' }).waitFor()
    expect(Math.abs((await topOf(page, text)) - before)).toBeLessThanOrEqual(1)
    await page.getByRole('button', { name: '1 new message' }).click()
    await article(page, 'Somewhere below.').waitFor()
    await expect.poll(() => distanceFromEnd(page)).toBeLessThanOrEqual(2)
  })

  it('older items come above without moving what is read', async () => {
    const { page } = await open(withHistory(thread(), 400))
    const loaded = async () => Number(await page.getByRole('article').last().getAttribute('aria-setsize'))
    const first = await loaded()
    for (let turn = 0; turn < 12; turn++) {
      await scrollUp(page, 900)
      expect(await drift(page, 10)).toBeLessThanOrEqual(1)
    }
    expect(await loaded()).toBeGreaterThan(first)
  })

  it('a reply that was queued and then sent stays one item in its place', async () => {
    const world = thread()
    const to = { to: 'amara@parcelo.eu' }
    world.put(
      'item',
      outbound(mail, { id: 'out', seq: 9, at: at(19, 14, 4), text: 'On its way.', state: 'queued', ...to }),
    )
    const { page, core } = await open(world)
    await article(page, 'On its way.').getByText('Queued').waitFor()
    const before = await topOf(page, 'On its way.')
    world.put(
      'item',
      outbound(mail, { id: 'out', seq: 9, at: at(19, 14, 4), text: 'On its way.', state: 'sent', ...to }),
    )
    core.changed()
    await article(page, 'On its way.').getByText('Sent 14:04').waitFor()
    expect(await topOf(page, 'On its way.')).toBe(before)
  })

  it('of two thousand items only those in sight are in the document', async () => {
    const { page } = await open(withHistory(thread(), 2000))
    await scrollUp(page, 30_000)
    await page.getByRole('button', { name: 'To the newest' }).waitFor()
    expect(await page.getByRole('article').count()).toBeLessThan(40)
    expect(await page.locator('.tl *').count()).toBeLessThan(1500)
  })
})

/** The text of an item well inside the window. */
const middle = (page: Page): Promise<string | undefined> =>
  page.evaluate(() => {
    const frame = document.querySelector('.tl-scroll')?.getBoundingClientRect()
    const middle = ((frame?.top ?? 0) + (frame?.bottom ?? 0)) / 2
    const found = [...document.querySelectorAll('[role=article]')].find(
      each => each.getBoundingClientRect().bottom > middle,
    )
    return /Message \d+\./.exec(found?.textContent ?? '')?.[0]
  })

describe('by keyboard', () => {
  it('K and J go from item to item, and every item can be reached', async () => {
    const { page } = await open(thread())
    await page.locator('.tl-scroll').focus()
    const focused = (): Promise<string> =>
      page.evaluate(() => document.activeElement?.closest('[role=article]')?.getAttribute('data-key') ?? '')
    await page.keyboard.press('k')
    await expect.poll(focused).toBe('b4')
    for (const key of ['b3', 'b2', 'b1', 'a3', 'a2', 'a1']) {
      await page.keyboard.press('k')
      await expect.poll(focused).toBe(key)
    }
    await page.keyboard.press('j')
    await expect.poll(focused).toBe('a2')
    await page.keyboard.press('End')
    await expect.poll(() => distanceFromEnd(page)).toBeLessThanOrEqual(2)
  })

  it('is a feed of articles with names and places', async () => {
    const { page } = await open(thread())
    await page.getByRole('feed', { name: 'Timeline of Amara Okonkwo' }).waitFor()
    const note = page.getByRole('article', { name: 'Priya Raman, Internal note' })
    await note.waitFor()
    expect(Number(await note.getAttribute('aria-posinset'))).toBeGreaterThan(0)
  })
})

describe('a held reply (S21, S22)', () => {
  const held = () => withHeld(thread(), 'We can replace all three.', 'Which gate?')

  it('says why with who and when, and what waits along', async () => {
    const { page } = await open(held())
    await page.getByText('Held for review: Wang Fang replied at 14:02').waitFor()
    await page.getByText('Waits with it: 1 later reply and resolving the conversation').waitFor()
    await page.getByText('Held for review: an earlier reply of yours waits for review').waitFor()
  })

  it('S22 send anyway carries a new basis and takes along what waits', async () => {
    const opened = await open(held())
    await opened.page.getByRole('button', { name: 'Send anyway' }).click()
    await expect.poll(() => mutated(opened, 'reply.release')).toHaveLength(1)
    expect(mutated(opened, 'reply.release')[0]).toMatchObject({
      itemId: 'h1',
      conversationId: mailId,
      customerId,
      waiting: ['h2'],
      basis: { seq: 6, status: 'open', offline: false },
    })
    await expect.poll(() => opened.page.getByText('Held for review:').count()).toBe(0)
  })

  it('one that waits for another offers the way there, not a way around', async () => {
    const { page } = await open(held())
    const waiting = page.getByRole('article').filter({ hasText: 'Which gate?' })
    await waiting.getByRole('button', { name: 'See the earlier reply' }).waitFor()
    expect(await waiting.getByRole('button', { name: 'Send anyway' }).count()).toBe(0)
  })

  it('discard leaves it in the thread, marked as never sent', async () => {
    const opened = await open(withHeld(thread(), 'We can replace all three.'))
    await opened.page.getByRole('button', { name: 'Discard', exact: true }).click()
    await opened.page.getByText('Discarded, never sent').waitFor()
    expect(mutated(opened, 'reply.discard')).toEqual([{ itemId: 'h1', conversationId: mailId, waiting: [] }])
  })

  it('edit brings the words into the composer and sends them as the same reply', async () => {
    const opened = await open(withHeld(thread(), 'We can replace all three.'))
    const { page } = opened
    await page.getByRole('button', { name: 'Edit', exact: true }).click()
    await expect.poll(() => typed(reply(page))).toBe('We can replace all three.')
    await page.getByText('Editing your held reply').waitFor()
    await reply(page).fill('We replace all three.')
    await page.keyboard.press('Control+Enter')
    await expect.poll(() => mutated(opened, 'reply.release')).toHaveLength(1)
    expect(mutated(opened, 'reply.release')[0]).toMatchObject({
      itemId: 'h1',
      content: { text: 'We replace all three.', to: [{ address: 'amara@parcelo.eu' }] },
    })
    await expect.poll(() => typed(reply(page))).toBe('')
  })

  it('edit asks before it replaces a reply that was begun', async () => {
    const { page } = await open(withHeld(thread(), 'We can replace all three.'))
    await reply(page).fill('Something else')
    await page.locator('.tl-scroll').focus()
    await page.getByRole('button', { name: 'Edit', exact: true }).click()
    await page.getByText('Editing this replaces the reply you have begun.').waitFor()
    await page.getByRole('button', { name: 'Cancel' }).click()
    expect(await typed(reply(page))).toBe('Something else')
  })

  it('of a colleague can be read by all and decided by a supervisor only', async () => {
    const world = withHeld(thread(), 'We can replace all three.')
    const conversation = world.one('conversation', mailId)
    const agent = world.one('agent', me)
    if (!conversation || !agent) throw new Error('no such rows')
    world.put('conversation', {
      ...conversation,
      held: conversation.held.map(each => ({ ...each, agentId: colleague })),
    })
    world.put('agent', { ...agent, role: 'agent' })
    const opened = await open(world)
    await opened.page.getByText('Priya Raman’s reply waits for their look.').waitFor()
    expect(await opened.page.getByRole('button', { name: 'Send anyway' }).count()).toBe(0)

    world.put('agent', { ...agent, role: 'supervisor' })
    opened.core.changed()
    await opened.page.getByRole('button', { name: 'Take over' }).click()
    await expect.poll(() => mutated(opened, 'reply.take-over')).toHaveLength(1)
  })

  it('is said in Chinese', async () => {
    const world = withHeld(thread('zh'), '三台都可以更换。', '哪个门？')
    const { page } = await open(world, { prepare: core => core.preferences({ language: 'zh-CN' }) })
    await page.getByText('需要复核：李娜已在 14:02 回复此客户').waitFor()
    await page.getByText('一起等待的还有：之后的 1 条回复、解决会话').waitFor()
    await page.getByRole('button', { name: '仍然发送' }).waitFor()
  })
})

describe('on its way (S18)', () => {
  const troubled = (state: 'failed' | 'uncertain', kind: 'refused' | 'no-answer'): World => {
    const world = thread()
    const item = outbound(mail, { id: 'out', seq: 9, at: at(19, 14, 4), text: 'On its way.', state, to: '' })
    if (item.delivery) item.delivery.reason = { kind, detail: '550 no such user' }
    return world.put('item', item)
  }

  it('a failed message says why in the other side’s words, and Retry sends it again', async () => {
    const opened = await open(troubled('failed', 'refused'))
    const item = article(opened.page, 'On its way.')
    await item.getByText('Not sent').waitFor()
    await item.getByText('The other side refused it. They said: “550 no such user”').waitFor()
    await item.getByRole('button', { name: 'Retry' }).click()
    await expect
      .poll(() => mutated(opened, 'delivery.resolve'))
      .toEqual([expect.objectContaining({ itemId: 'out', as: 'send-again' })])
    await item.getByText('Queued').waitFor()
  })

  it('an uncertain message is explained and never repeated without a person', async () => {
    const opened = await open(troubled('uncertain', 'no-answer'))
    const item = article(opened.page, 'On its way.')
    await item.getByText(/It is not repeated by itself/).waitFor()
    expect(mutated(opened, 'delivery.resolve')).toEqual([])
    await item.getByRole('button', { name: 'It arrived' }).click()
    await expect
      .poll(() => mutated(opened, 'delivery.resolve'))
      .toEqual([expect.objectContaining({ as: 'arrived' })])
    await item.getByText(/^Sent/).waitFor()
  })
})

describe('what is not here', () => {
  const partial = (): World => {
    const world = thread()
    world.coverageFrom.set(mailId, 4)
    return world
  }

  it('S6 is said where the desk’s coverage ends, and fetched when asked for', async () => {
    const { page, core } = await open(partial(), { height: 1300 })
    await page.getByText('Older: on the hub').waitFor()
    await page.getByRole('button', { name: 'Load older' }).click()
    await expect
      .poll(() => core.asked.filter(({ name }) => name === 'loadOlder').map(({ args }) => args))
      .toEqual([{ conversationId: mailId }])
  })

  it('offline it says when it can be read, and offers nothing that cannot work', async () => {
    const { page } = await open(partial(), {
      height: 1300,
      prepare: core => core.sync({ phase: 'offline', offlineSince: 1 }),
    })
    await page.getByText('Older messages are on the hub and can be read once it answers.').waitFor()
    expect(await page.getByRole('button', { name: 'Load older' }).count()).toBe(0)
  })
})

describe('files', () => {
  it('are saved on a press, under their name', async () => {
    const { page } = await open(thread(), {
      prepare: core =>
        core.answer('attachmentRead', () =>
          ok({ name: 'x', type: 'text/csv', bytes: new Uint8Array([1, 2, 3]) }),
        ),
    })
    await article(page, 'the second pack').scrollIntoViewIfNeeded()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save bike7-log.csv 18 KB', exact: true }).click(),
    ])
    expect(download.suggestedFilename()).toBe('bike7-log.csv')
  })

  it('that cannot be had are said to be so, with a reason', async () => {
    const { page } = await open(thread(), {
      prepare: core => core.answer('attachmentRead', () => failed('hub-unreachable')),
    })
    await page.getByRole('button', { name: 'Save bike7-log.csv 18 KB', exact: true }).click()
    await page
      .getByText(/^bike7-log\.csv could not be opened\. The hub does not answer/)
      .first()
      .waitFor()
  })
})

it('what could not be read of a mail is said in a sentence', async () => {
  const world = thread()
  const item = world.one('item', 'a1')
  if (!item?.mail) throw new Error('no mail')
  world.put('item', {
    ...item,
    mail: { ...item.mail, problems: ['bad-charset', 'something-new', 'another-new'] },
  })
  const { page } = await open(world)
  await page.getByText('Some of its letters could not be read.').waitFor()
  expect(await page.getByText('Something in it could not be read.', { exact: false }).count()).toBe(1)
})

it('quoted lines are folded, and unfold', async () => {
  const { page } = await open(thread())
  const fold = page.getByRole('button', { name: '14 quoted lines' })
  await fold.scrollIntoViewIfNeeded()
  expect(await page.getByText('> line 14').count()).toBe(0)
  await fold.click()
  await page.getByText('> line 14').waitFor()
  expect(await fold.getAttribute('aria-expanded')).toBe('true')
})
