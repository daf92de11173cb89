// The composer in a real Chromium over a scripted core: nothing typed is lost, nothing is sent by mistake, nothing moves the caret.
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { draftId } from '#shared/model/draft.ts'
import { failed, ok } from '#shared/protocol/fault.ts'
import type { DeskPage } from '../support/page.ts'
import { stageOfFile } from '../support/stage.ts'
import type { World } from '../support/world.ts'
import { choose, mutated, openThread, reply, typed } from '../timeline/opened.ts'
import { chat, customerId, mailId, me, thread } from '../timeline/scene.ts'

const stage = stageOfFile()

const open = async (...args: [World, Parameters<typeof openThread>[2]?]): Promise<DeskPage> => {
  return openThread(stage, ...args)
}
const draft = (world: World, kind: 'reply' | 'note' = 'reply') =>
  world.one('draft', draftId(me, mailId, kind))
/** Of the first line: where the selection begins and ends, and all words. */
const caret = async (page: Page): Promise<[number, number, string]> => {
  const [from, to] = await page.evaluate(() => {
    const { anchorOffset = -1, focusOffset = -1 } = document.getSelection() ?? {}
    return [anchorOffset, focusOffset] as const
  })
  return [from, to, await typed(reply(page))]
}
const select = (page: Page, from: number, to: number): Promise<void> =>
  reply(page)
    .locator('p')
    .first()
    .evaluate(
      ({ firstChild: line }, [from, to]) => {
        if (line) document.getSelection()?.setBaseAndExtent(line, from, line, to)
      },
      [from, to] as const,
    )

describe('a draft', () => {
  it('is kept while one types, and is there again in a new window', async () => {
    const world = thread()
    const { page, close } = await open(world)
    await reply(page).pressSequentially('Half a sentence')
    await expect.poll(() => draft(world)?.text).toBe('Half a sentence')
    await close()
    const again = await open(world)
    await expect.poll(() => typed(reply(again.page))).toBe('Half a sentence')
  })

  it('is saved at the latest when the composer goes: another conversation, and back', async () => {
    const world = thread()
    const { page } = await open(world)
    await reply(page).fill('For the mail')
    await choose(page, world, chat.conversationId)
    await expect.poll(() => typed(reply(page))).toBe('')
    expect(draft(world)?.text).toBe('For the mail')
    await choose(page, world, mailId)
    await expect.poll(() => typed(reply(page))).toBe('For the mail')
  })

  it('that comes back from the core moves neither text nor caret', async () => {
    const world = thread()
    const { page, core } = await open(world)
    await reply(page).fill('The serial checks out')
    await expect.poll(() => draft(world)?.text).toBe('The serial checks out')
    await select(page, 4, 10)
    const saved = draft(world)
    if (!saved) throw new Error('no draft')
    // The hub confirms it, and then an older state of it comes by once more.
    world.put('draft', { ...saved })
    core.changed()
    world.put('draft', { ...saved, text: 'The serial', updatedAt: saved.updatedAt })
    core.changed()
    await reply(page).pressSequentially('number')
    expect(await caret(page)).toEqual([10, 10, 'The number checks out'])
  })

  it('written on another desk is taken over when nothing is typed here', async () => {
    const world = thread()
    const { page, core } = await open(world)
    world.put('draft', {
      id: draftId(me, mailId, 'reply'),
      agentId: me,
      conversationId: mailId,
      kind: 'reply',
      text: 'From the laptop',
      cc: ['Boss <boss@parcelo.eu>'],
      attachments: [],
      heldItemId: null,
      updatedAt: 5,
    })
    core.changed()
    await expect.poll(() => typed(reply(page))).toBe('From the laptop')
    await page.getByText('Boss <boss@parcelo.eu>').waitFor()
  })

  it('S13 a refused reply comes back into the empty field, even as the very draft it was made from', async () => {
    const world = thread()
    const opened = await open(world)
    await reply(opened.page).fill('Refused later')
    await expect.poll(() => draft(world)?.text).toBe('Refused later')
    const before = draft(world)
    if (!before) throw new Error('no draft')
    await opened.page.keyboard.press('Control+Enter')
    await expect.poll(() => typed(reply(opened.page))).toBe('')
    await opened.page.getByRole('article').filter({ hasText: 'Refused later' }).waitFor()
    world.put('draft', before)
    opened.core.changed()
    await expect.poll(() => typed(reply(opened.page))).toBe('Refused later')
  })

  it('is thrown away on request, and comes back with undo', async () => {
    const world = thread()
    const { page } = await open(world)
    await reply(page).fill('Too hasty')
    await page.getByRole('button', { name: 'Discard draft' }).click()
    await expect.poll(() => [draft(world)?.text ?? null]).toEqual([null])
    await page.getByRole('button', { name: /^Undo/ }).click()
    await expect.poll(() => typed(reply(page))).toBe('Too hasty')
    await expect.poll(() => draft(world)?.text).toBe('Too hasty')
  })

  it('of a note stands beside that of the reply', async () => {
    const world = thread()
    const { page } = await open(world)
    await reply(page).fill('To Amara')
    await page.getByRole('tab', { name: 'Note' }).click()
    await page.getByRole('textbox', { name: 'Your note' }).fill('To us')
    await page.getByRole('tab', { name: 'Email' }).click()
    await expect.poll(() => typed(reply(page))).toBe('To Amara')
    await expect.poll(() => [draft(world)?.text, draft(world, 'note')?.text]).toEqual(['To Amara', 'To us'])
  })
})

describe('sending', () => {
  it('S21 goes by Ctrl+Enter, with what was seen as its basis, and leaves an empty field with the focus', async () => {
    const world = thread()
    const opened = await open(world)
    const { page } = opened
    await reply(page).fill('It leaves tonight.')
    await page.keyboard.press('Control+Enter')
    await expect.poll(() => mutated(opened, 'reply.send')).toHaveLength(1)
    expect(mutated(opened, 'reply.send')[0]).toMatchObject({
      conversationId: mailId,
      customerId,
      channel: 'email',
      text: 'It leaves tonight.',
      to: [{ name: 'Amara Okonkwo', address: 'amara@parcelo.eu' }],
      basis: { seq: 3, status: 'open', assigneeId: me, customerId, offline: false },
    })
    await expect.poll(() => typed(reply(page))).toBe('')
    expect(await reply(page).evaluate(area => area === document.activeElement)).toBe(true)
    expect(draft(world)).toBeUndefined()
    await page.getByRole('article').filter({ hasText: 'It leaves tonight.' }).getByText('Queued').waitFor()
  })

  it('and resolving goes by Ctrl+Shift+Enter: first the one, then the other', async () => {
    const opened = await open(thread())
    await reply(opened.page).fill('Done.')
    await opened.page.keyboard.press('Control+Shift+Enter')
    await opened.page.getByText('Sent and resolved').first().waitFor()
    const names = opened.core.asked.flatMap(({ name, args }) =>
      name === 'mutate' ? [(args as { name: string }).name] : [],
    )
    expect(names.indexOf('reply.send')).toBeGreaterThan(-1)
    expect(names.indexOf('conversation.close')).toBeGreaterThan(names.indexOf('reply.send'))
  })

  it('never happens by the Enter of an input method, nor by Enter alone', async () => {
    const opened = await open(thread())
    const { page } = opened
    await reply(page).fill('ni hao')
    await page.keyboard.press('Enter')
    await page.evaluate(() => {
      for (const init of [
        { key: 'Enter', ctrlKey: true, isComposing: true },
        { key: 'Enter', ctrlKey: true, keyCode: 229 },
      ])
        document.activeElement?.dispatchEvent(
          new KeyboardEvent('keydown', { ...init, bubbles: true, cancelable: true }),
        )
    })
    expect(await typed(reply(page))).toBe('ni hao\n')
    await page.keyboard.press('Control+Enter')
    await expect.poll(() => mutated(opened, 'reply.send')).toHaveLength(1)
  })

  it('what is typed while it goes is the beginning of the next', async () => {
    const opened = await open(thread())
    let release = (): void => {}
    const gate = new Promise<void>(resolve => {
      release = resolve
    })
    await reply(opened.page).fill('First.')
    opened.core.answer('mutate', async () => {
      await gate
      return ok({ mutationId: 'm', verdict: 'done' as const })
    })
    await opened.page.keyboard.press('Control+Enter')
    await opened.page.keyboard.type('And')
    release()
    await expect.poll(() => typed(reply(opened.page))).toBe('And')
    expect(mutated(opened, 'reply.send')).toMatchObject([{ text: 'First.' }])
  })

  it('I2 twice the same keys is one reply', async () => {
    const opened = await open(thread())
    let release = (): void => {}
    const gate = new Promise<void>(resolve => {
      release = resolve
    })
    await reply(opened.page).fill('Once.')
    opened.core.answer('mutate', async () => {
      await gate
      return ok({ mutationId: 'm', verdict: 'done' as const })
    })
    await opened.page.keyboard.press('Control+Enter')
    await opened.page.keyboard.press('Control+Enter')
    await expect.poll(() => mutated(opened, 'reply.send').length).toBeGreaterThan(0)
    release()
    await expect.poll(() => typed(reply(opened.page))).toBe('')
    expect(mutated(opened, 'reply.send')).toHaveLength(1)
  })

  it('what was written and sent while the first was on its way goes after it, a note, too; what was changed is kept', async () => {
    const opened = await open(thread())
    const gates: (() => void)[] = []
    opened.core.answer('mutate', async ({ name }: { name: string }) => {
      if (name === 'reply.send') await new Promise<void>(resolve => gates.push(resolve))
      return ok({ mutationId: 'm', verdict: 'done' as const })
    })
    const { keyboard } = opened.page
    await reply(opened.page).fill('First.')
    await keyboard.press('Control+Enter')
    await keyboard.type(' And')
    await keyboard.press('Control+Enter')
    await expect.poll(() => gates.length).toBe(1)
    gates[0]!()
    await expect.poll(() => gates.length).toBe(2)
    await keyboard.press('Control+a')
    await keyboard.type('Another')
    gates[1]!()
    await expect.poll(() => typed(reply(opened.page))).toBe('Another')
    await keyboard.press('Control+Enter')
    await expect.poll(() => gates.length).toBe(3)
    await keyboard.press('Escape')
    await keyboard.press('n')
    await keyboard.type('Ask the depot')
    await keyboard.press('Control+Enter')
    gates[2]!()
    await expect.poll(() => mutated(opened, 'note.add')).toMatchObject([{ text: 'Ask the depot' }])
    expect(mutated(opened, 'reply.send').map(({ text }) => text)).toEqual(['First.', 'And', 'Another'])
  })

  it('offline it is called what it is, and the basis says so', async () => {
    const opened = await open(thread(), { prepare: core => core.sync({ phase: 'offline', offlineSince: 1 }) })
    await reply(opened.page).fill('From the train.')
    await opened.page.getByRole('button', { name: 'Queue to send', exact: true }).click()
    await expect
      .poll(() => mutated(opened, 'reply.send'))
      .toEqual([expect.objectContaining({ basis: expect.objectContaining({ offline: true }) })])
    await opened.page.getByText('Queued, leaves when the hub answers').waitFor()
  })

  it('that fails leaves the words where they are, with a sentence', async () => {
    const opened = await open(thread())
    await reply(opened.page).fill('Important.')
    opened.core.answer('mutate', () => failed('disk-full'))
    await opened.page.keyboard.press('Control+Enter')
    await opened.page.getByText('Not sent. The disk is full.', { exact: false }).waitFor()
    expect(await typed(reply(opened.page))).toBe('Important.')
  })

  it('of which the draft cannot be saved says so for as long as it is so', async () => {
    const opened = await open(thread())
    opened.core.answer('mutate', () => failed('disk-full'))
    await reply(opened.page).fill('Important.')
    await opened.page.clock.runFor(1000)
    const problem = opened.page
      .getByRole('alert')
      .filter({ hasText: 'What you write here is not saved yet.' })
    await problem.waitFor()
    opened.core.answer('mutate', () => ok({ mutationId: 'm', verdict: 'done' }))
    // Nothing need be typed for that.
    await opened.page.clock.runFor(6000)
    await problem.waitFor({ state: 'detached' })
    expect(mutated(opened, 'draft.save').at(-1)).toMatchObject({ text: 'Important.' })
  })

  it('nothing is not sent', async () => {
    const opened = await open(thread())
    await reply(opened.page).focus()
    await opened.page.keyboard.press('Control+Enter')
    await opened.page.getByText('Write something or attach a file first.').waitFor()
    expect(mutated(opened, 'reply.send')).toEqual([])
  })

  it('a note goes to colleagues only', async () => {
    const opened = await open(thread())
    const { page } = opened
    await page.locator('.tl-scroll').focus()
    await page.keyboard.press('n')
    const field = page.getByRole('textbox', { name: 'Your note' })
    await expect.poll(() => field.evaluate(area => area === document.activeElement)).toBe(true)
    await field.pressSequentially('Only for us.')
    await page.keyboard.press('Control+Enter')
    await expect
      .poll(() => mutated(opened, 'note.add'))
      .toEqual([expect.objectContaining({ conversationId: mailId, text: 'Only for us.' })])
    await page.getByRole('article', { name: 'Tomás Rivera, Internal note' }).waitFor()
    expect(mutated(opened, 'reply.send')).toEqual([])
  })
})

describe('what is typed stays where it is', () => {
  it('when rows of all kinds change around it', async () => {
    const world = thread()
    const { page, core } = await open(world)
    await reply(page).fill('In the middle of')
    await select(page, 3, 3)
    const conversation = world.one('conversation', mailId)
    const customer = world.one('customer', customerId)
    if (!conversation || !customer) throw new Error('no such rows')
    world.put('conversation', {
      ...conversation,
      assigneeId: null,
      lastSeq: 9,
      activityAt: conversation.activityAt + 9,
    })
    world.put('customer', { ...customer, name: 'Amara O.' })
    core.changed()
    core.sync({ phase: 'offline', offlineSince: 1 })
    core.sync({ phase: 'live', offlineSince: null })
    await page.getByRole('heading', { name: 'Amara O.' }).waitFor()
    await page.keyboard.type('!')
    expect(await caret(page)).toEqual([4, 4, 'In !the middle of'])
  })
})

describe('copies', () => {
  it('are chips when they are addresses, and a sentence when they are not', async () => {
    const opened = await open(thread())
    const { page } = opened
    await page.getByRole('button', { name: 'Cc', exact: true }).click()
    const field = page.getByRole('textbox', { name: 'Cc' })
    await field.fill('boss@parcelo')
    await field.press('Enter')
    await page.getByText('This is not a mail address.', { exact: false }).waitFor()
    await reply(page).fill('Hello')
    await page.keyboard.press('Control+Enter')
    await page.getByText('Finish the address in Cc first.').waitFor()
    await field.fill('Boss <boss@parcelo.eu>')
    await field.press('Enter')
    await page.getByRole('button', { name: 'Take off Boss <boss@parcelo.eu>' }).waitFor()
    await reply(page).focus()
    await page.keyboard.press('Control+Enter')
    await expect
      .poll(() => mutated(opened, 'reply.send'))
      .toEqual([expect.objectContaining({ cc: [{ name: 'Boss', address: 'boss@parcelo.eu' }] })])
  })

  it('whoever the customer copied is copied, unless taken off', async () => {
    const world = thread()
    const item = world.one('item', 'a1')
    if (!item?.mail) throw new Error('no mail')
    world.put('item', { ...item, mail: { ...item.mail, cc: [{ name: '', address: 'fleet@parcelo.eu' }] } })
    const opened = await open(world)
    await reply(opened.page).fill('Hello')
    await opened.page.getByRole('button', { name: 'Take off fleet@parcelo.eu' }).waitFor()
    await opened.page.keyboard.press('Control+Enter')
    await expect
      .poll(() => mutated(opened, 'reply.send'))
      .toEqual([expect.objectContaining({ cc: [{ name: '', address: 'fleet@parcelo.eu' }] })])
  })
})

describe('formatting', () => {
  const html = (page: Page) => reply(page).evaluate(field => field.innerHTML)
  const paste = (page: Page, data: Record<string, string>) =>
    reply(page).evaluate((field, all) => {
      const clipboardData = new DataTransfer()
      for (const [type, text] of Object.entries(all)) clipboardData.setData(type, text)
      field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
    }, data)

  it('by keys and by Markdown’s signs; the reply carries it as data beside its plain form, and the letter shows it', async () => {
    const world = thread()
    const opened = await open(world)
    const { page } = opened
    await reply(page).focus()
    await page.keyboard.press('Control+b')
    await page.keyboard.type('Soon')
    await page.keyboard.press('Control+b')
    await page.keyboard.type(':')
    await page.keyboard.press('Enter')
    await page.keyboard.type('- one')
    await page.keyboard.press('Enter')
    await page.keyboard.type('two `PB-48`')
    const rich = [
      { kind: 'paragraph', spans: [{ text: 'Soon', marks: ['bold'] }, { text: ':' }] },
      {
        kind: 'list',
        ordered: false,
        items: [
          [{ kind: 'paragraph', spans: [{ text: 'one' }] }],
          [{ kind: 'paragraph', spans: [{ text: 'two ' }, { text: 'PB-48', marks: ['code'] }] }],
        ],
      },
    ]
    const text = 'Soon:\n- one\n- two PB-48'
    await expect.poll(() => draft(world)).toMatchObject({ text, rich })
    await page.keyboard.press('Control+Enter')
    await expect.poll(() => mutated(opened, 'reply.send')).toEqual([expect.objectContaining({ text, rich })])
    const card = page.getByRole('article').filter({ hasText: 'PB-48' }).last()
    await card.locator('b', { hasText: 'Soon' }).waitFor()
    expect(await card.locator('li').count()).toBe(2)
    // What has gone cannot be brought back by undoing.
    await page.keyboard.press('Control+z')
    expect(await typed(reply(page))).toBe('')
  })

  it('takes the words of an input method as they are chosen, and nothing goes before', async () => {
    const world = thread()
    const opened = await open(world)
    const { page } = opened
    const keys = await page.context().newCDPSession(page)
    await reply(page).focus()
    await page.keyboard.press('Control+b')
    await keys.send('Input.imeSetComposition', { text: 'ni hao', selectionStart: 6, selectionEnd: 6 })
    // The key that chooses belongs to the input method.
    await keys.send('Input.dispatchKeyEvent', {
      type: 'rawKeyDown',
      key: 'Enter',
      windowsVirtualKeyCode: 229,
      modifiers: 2,
    })
    await keys.send('Input.insertText', { text: '您好' })
    await expect.poll(() => typed(reply(page))).toBe('您好')
    await expect
      .poll(() => draft(world)?.rich)
      .toEqual([{ kind: 'paragraph', spans: [{ text: '您好', marks: ['bold'] }] }])
    expect(mutated(opened, 'reply.send')).toEqual([])
  })

  it('is in the draft that comes back; one that was changed where nobody knows of it is its words', async () => {
    const world = thread()
    const rich = [{ kind: 'paragraph' as const, spans: [{ text: 'Bold', marks: ['bold' as const] }] }]
    const kept = {
      id: draftId(me, mailId, 'reply'),
      agentId: me,
      conversationId: mailId,
      kind: 'reply' as const,
      text: 'Bold',
      rich,
      cc: [],
      attachments: [],
      heldItemId: null,
      updatedAt: 5,
    }
    world.put('draft', kept)
    const { page, core } = await open(world)
    await expect.poll(() => html(page)).toContain('<strong>Bold</strong>')
    world.put('draft', { ...kept, text: 'Not bold', updatedAt: 6 })
    core.changed()
    await expect.poll(() => html(page)).toBe('<p>Not bold</p>')
  })

  it('that is pasted is what we know of it: no styles, no scripts, no pictures, no addresses that run; Word’s lists are lists', async () => {
    const { page } = await open(thread())
    await reply(page).focus()
    await paste(page, {
      'text/html': `<html><head><style>p{color:red}</style></head><body><script>window.ran = 1</script>
        <h1 onclick="window.ran = 1">Title</h1><p style="color:red"><b>bold</b> <a href="javascript:window.ran=1">bad</a>
        <a href="https://veloform.com">good</a><img src=x onerror="window.ran = 1"></p>
        <p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·<span>&nbsp; </span></span>first</p>
        <p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·<span>&nbsp; </span></span>second</p></body></html>`,
    })
    await expect.poll(() => typed(reply(page))).toContain('Title')
    const pasted = await html(page)
    expect(pasted).toContain('<strong>bold</strong>')
    expect(pasted).toContain('href="https://veloform.com"')
    expect(pasted).toMatch(/<ul><li><p>first<\/p><\/li><li><p>second<\/p><\/li><\/ul>/)
    expect(pasted).not.toMatch(/javascript|style|<img|<h1|·/)
    expect(await page.evaluate(() => 'ran' in window)).toBe(false)
  })

  it('plain words that are pasted keep their empty lines', async () => {
    const { page } = await open(thread())
    await reply(page).focus()
    await paste(page, { 'text/plain': 'one\r\n\r\ntwo' })
    await expect.poll(() => typed(reply(page))).toBe('one\n\ntwo')
  })

  it('what is typed after a link was made stands behind it and is not part of it', async () => {
    const world = thread()
    const { page } = await open(world)
    await reply(page).fill('the steps')
    await select(page, 4, 9)
    await page.keyboard.press('Control+Shift+k')
    await page.keyboard.type('veloform.com/a')
    await page.keyboard.press('Enter')
    await page.keyboard.type(', and ')
    await page.keyboard.press('Control+Shift+k')
    await page.keyboard.type('veloform.com/b')
    await page.keyboard.press('Enter')
    await page.keyboard.type(' too')
    await expect
      .poll(() => draft(world)?.rich)
      .toEqual([
        {
          kind: 'paragraph',
          spans: [
            { text: 'the ' },
            { text: 'steps', link: 'https://veloform.com/a' },
            { text: ', and ' },
            { text: 'veloform.com/b', link: 'https://veloform.com/b' },
            { text: ' too' },
          ],
        },
      ])
  })

  it('a link by its key: what is no address is not one', async () => {
    const world = thread()
    const { page } = await open(world)
    await reply(page).fill('the steps')
    await select(page, 4, 9)
    await page.keyboard.press('Control+Shift+k')
    const field = page.getByRole('textbox', { name: 'Address of the link' })
    const put = page.getByRole('button', { name: 'Link', exact: true }).last()
    await field.fill('javascript:alert(1)')
    expect(await put.isDisabled()).toBe(true)
    await field.fill('veloform.com/warranty')
    await field.press('Enter')
    await expect
      .poll(() => draft(world)?.rich)
      .toEqual([
        {
          kind: 'paragraph',
          spans: [{ text: 'the ' }, { text: 'steps', link: 'https://veloform.com/warranty' }],
        },
      ])
    expect(draft(world)?.text).toBe('the steps <https://veloform.com/warranty>')
  })

  it('is not for notes, nor for channels that carry none', async () => {
    const { page } = await open(thread(), { conversationId: chat.conversationId })
    expect(await reply(page).evaluate(field => field.localName)).toBe('textarea')
    await page.getByRole('tab', { name: 'Note' }).click()
    expect(await page.getByRole('group', { name: 'Formatting' }).count()).toBe(0)
  })
})

describe('blind copies', () => {
  it('stand beside the copies, go with the reply, and are kept in the draft', async () => {
    const world = thread()
    const opened = await open(world)
    const { page } = opened
    await page.getByRole('button', { name: 'Bcc', exact: true }).click()
    const field = page.getByRole('textbox', { name: 'Bcc' })
    await field.fill('Audit <audit@veloform.com>')
    await field.press('Enter')
    await reply(page).fill('Hello')
    await expect.poll(() => draft(world)?.bcc).toEqual(['Audit <audit@veloform.com>'])
    await page.keyboard.press('Control+Enter')
    await expect
      .poll(() => mutated(opened, 'reply.send'))
      .toEqual([expect.objectContaining({ cc: [], bcc: [{ name: 'Audit', address: 'audit@veloform.com' }] })])
    await page.getByRole('article').filter({ hasText: 'Hello' }).getByText('Bcc audit@veloform.com').waitFor()
    // The next begins without.
    await expect.poll(() => page.getByRole('textbox', { name: 'Bcc' }).count()).toBe(0)
  })

  it('an answer to all leaves out whoever is no customer: one whom a forward went to', async () => {
    const world = thread()
    const item = world.one('item', 'a1')
    if (!item?.mail) throw new Error('no mail')
    world.put('item', {
      ...item,
      id: 'aside',
      seq: 90,
      at: item.at + 1,
      author: { kind: 'customer', identityId: 'somebody' },
      mail: {
        ...item.mail,
        from: { name: 'Warehouse', address: 'w@utrecht.example' },
        cc: [{ name: '', address: 'w-boss@utrecht.example' }],
        aside: true,
      },
    })
    const opened = await open(world)
    await opened.page.getByText('Answers a forward').waitFor()
    await reply(opened.page).fill('Hello')
    await opened.page.keyboard.press('Control+Enter')
    await expect
      .poll(() => mutated(opened, 'reply.send'))
      .toEqual([
        expect.objectContaining({ cc: [], to: [expect.objectContaining({ address: 'amara@parcelo.eu' })] }),
      ])
  })
})

describe('a forward', () => {
  const words = (page: Page) => page.getByRole('textbox', { name: 'Your words to it' })

  it('by F: to nobody yet, with head lines and files, the begun reply kept; it answers nobody', async () => {
    const world = thread()
    const opened = await open(world)
    const { page } = opened
    await reply(page).fill('Half an answer')
    await page.keyboard.press('Escape')
    await page.getByRole('article').filter({ hasText: 'bike7-log.csv' }).focus()
    await page.keyboard.press('f')
    const to = page.getByRole('textbox', { name: 'To', exact: true })
    await expect.poll(() => to.evaluate(field => field === document.activeElement)).toBe(true)
    const shown = page.locator('.comp-forwarded')
    await expect.poll(() => shown.innerText()).toContain('From: Amara Okonkwo <amara@parcelo.eu>')
    expect(await shown.innerText()).toContain('the second pack from order SO-20418')
    await page.getByRole('button', { name: 'Remove display.jpg' }).click()

    await words(page).fill('Is this covered?')
    await page.keyboard.press('Control+Enter')
    await page.getByText('Say in To who gets it.').waitFor()
    await to.fill('warehouse@utrecht.example')
    await to.press('Enter')
    await to.press('Control+Enter')
    await expect
      .poll(() => mutated(opened, 'mail.forward'))
      .toEqual([
        expect.objectContaining({
          text: 'Is this covered?',
          to: [{ name: '', address: 'warehouse@utrecht.example' }],
          cc: [],
          forwards: 'a1',
          subject: expect.stringMatching(/^Fwd: /),
          heading: expect.stringContaining('Forwarded message'),
          attachments: [expect.objectContaining({ name: 'bike7-log.csv', contentId: null })],
        }),
      ])
    expect(mutated(opened, 'reply.send')).toEqual([])
    const card = page.getByRole('article').filter({ hasText: 'Is this covered?' })
    await card.getByText('Forwarded', { exact: true }).waitFor()
    // Back where one was.
    await expect.poll(() => typed(reply(page))).toBe('Half an answer')
    expect(world.one('conversation', mailId)?.lastReply?.seq).not.toBe(4)
    expect(await reply(page).evaluate(field => field.contains(document.activeElement))).toBe(true)
  })

  it('from the letter itself; thrown away it is gone, with undo it is back', async () => {
    const world = thread()
    const { page } = await open(world)
    await page
      .getByRole('article')
      .filter({ hasText: 'bike7-log.csv' })
      .getByRole('button', { name: 'Forward' })
      .click()
    await words(page).fill('For you')
    await expect.poll(() => world.one('draft', draftId(me, mailId, 'forward'))?.forward?.itemId).toBe('a1')
    await page.getByRole('button', { name: 'Discard draft' }).click()
    await expect.poll(() => world.one('draft', draftId(me, mailId, 'forward'))).toBeUndefined()
    await expect.poll(() => page.getByRole('tab', { name: 'Forward' }).count()).toBe(0)
    await page.getByRole('button', { name: /^Undo/ }).click()
    await expect.poll(() => typed(words(page))).toBe('For you')
  })

  it('speaks the agent’s language', async () => {
    const { page } = await open(thread('zh'), {
      prepare: core => core.preferences({ language: 'zh-CN' }),
    })
    await page.locator('.tl-scroll').focus()
    await page.keyboard.press('f')
    await expect
      .poll(() => page.locator('.comp-forwarded').innerText())
      .toMatch(/转发的邮件 -+\s发件人：.*\s日期：2026年/)
  })
})

describe('files', () => {
  const big = { name: 'video.mp4', mimeType: 'video/mp4', buffer: Buffer.alloc(0) }

  it('are read in pieces, in order, and go with the reply', async () => {
    const parts: number[] = []
    const opened = await open(thread(), {
      prepare: core => {
        core.answer('attachmentBegin', () => ok({ uploadId: 'upload-1' }))
        core.answer('attachmentWrite', ({ offset, bytes }: { offset: number; bytes: Uint8Array }) => {
          parts.push(offset, bytes.length)
          return ok(null)
        })
        core.answer('attachmentFinish', () =>
          ok({ sha256: 'd'.repeat(64), name: 'log.csv', type: 'text/csv', size: 700_000 }),
        )
      },
    })
    await opened.page
      .locator('.comp input[type=file]')
      .setInputFiles({ name: 'log.csv', mimeType: 'text/csv', buffer: Buffer.alloc(700_000, 1) })
    await opened.page.getByRole('button', { name: 'Remove log.csv' }).waitFor()
    expect(parts).toEqual([0, 524_288, 524_288, 175_712])
    await reply(opened.page).fill('Attached.')
    await opened.page.keyboard.press('Control+Enter')
    await expect
      .poll(() => mutated(opened, 'reply.send'))
      .toEqual([
        expect.objectContaining({
          attachments: [
            { sha256: 'd'.repeat(64), name: 'log.csv', type: 'text/csv', size: 700_000, contentId: null },
          ],
        }),
      ])
  })

  it('that are too large are refused before the first byte, with the limit', async () => {
    const world = thread()
    for (const channel of world.all('channel'))
      world.put('channel', { ...channel, limits: { ...channel.limits, attachmentBytes: 1000 } })
    const opened = await open(world)
    await opened.page.locator('.comp input[type=file]').setInputFiles({ ...big, buffer: Buffer.alloc(1500) })
    await opened.page
      .getByText('video.mp4 is 2 KB. At most 1 KB can be sent here', { exact: false })
      .waitFor()
    expect(opened.core.asked.filter(({ name }) => name === 'attachmentBegin')).toEqual([])
  })

  it('that the disk does not take are said not to be attached, and the words stay', async () => {
    const opened = await open(thread(), {
      prepare: core => core.answer('attachmentBegin', () => failed('disk-full')),
    })
    await reply(opened.page).fill('Here it is')
    await opened.page.locator('.comp input[type=file]').setInputFiles({ ...big, buffer: Buffer.alloc(10) })
    await opened.page.getByText('video.mp4 was not attached. The disk is full.', { exact: false }).waitFor()
    expect(await typed(reply(opened.page))).toBe('Here it is')
  })

  it('can be pasted', async () => {
    const opened = await open(thread(), {
      prepare: core => {
        core.answer('attachmentBegin', () => ok({ uploadId: 'upload-1' }))
        core.answer('attachmentWrite', () => ok(null))
        core.answer('attachmentFinish', () =>
          ok({ sha256: 'e'.repeat(64), name: 'image.png', type: 'image/png', size: 3 }),
        )
      },
    })
    await reply(opened.page).focus()
    await opened.page.evaluate(() => {
      const data = new DataTransfer()
      data.items.add(new File([new Uint8Array([1, 2, 3])], 'image.png', { type: 'image/png' }))
      document.activeElement?.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
      )
    })
    await opened.page.getByRole('button', { name: 'Remove image.png' }).waitFor()
  })

  it('go without words, and are what the list tells', async () => {
    const opened = await open(thread(), {
      prepare: core => {
        core.answer('attachmentBegin', () => ok({ uploadId: 'upload-1' }))
        core.answer('attachmentWrite', () => ok(null))
        core.answer('attachmentFinish', () =>
          ok({ sha256: 'e'.repeat(64), name: 'frame.png', type: 'image/png', size: 3 }),
        )
      },
    })
    const { page } = opened
    await page
      .locator('.comp input[type=file]')
      .setInputFiles({ name: 'frame.png', mimeType: 'image/png', buffer: Buffer.alloc(3) })
    await page.getByRole('button', { name: 'Remove frame.png' }).waitFor()
    await page.keyboard.press('Control+Enter')
    await expect
      .poll(() => mutated(opened, 'reply.send'))
      .toEqual([
        expect.objectContaining({ text: '', attachments: [expect.objectContaining({ name: 'frame.png' })] }),
      ])
    await page
      .getByRole('listbox', { name: /^Conversations/ })
      .getByText('frame.png')
      .waitFor()
    await page
      .getByRole('main')
      .getByRole('button', { name: /frame\.png/ })
      .waitFor()
    expect(await page.getByText('No text').count()).toBe(0)
  })
})

it('tells colleagues that one writes, and shows that they do', async () => {
  const opened = await open(thread())
  await reply(opened.page).pressSequentially('H')
  await expect
    .poll(() => opened.core.asked.filter(({ name }) => name === 'presence').map(({ args }) => args))
    .toContainEqual({ conversationId: mailId, typing: true })
  opened.core.event('presence', { agents: [{ agentId: 'agent-2', conversationId: mailId, typing: true }] })
  await opened.page.getByRole('main').getByText('Priya Raman is writing').waitFor()
})
