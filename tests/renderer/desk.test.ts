// The desk in a real Chromium over a scripted core: keys, lists, states and faults, without a hub.
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { failed, ok } from '#shared/protocol/fault.ts'
import type { DeskPage, Stage } from './support/page.ts'
import { stageOfFile } from './support/stage.ts'
import { thursday, veloform } from './support/veloform.ts'
import { typed } from './timeline/opened.ts'

/** The machine may be busy: what is waited for comes, but perhaps not at once. */
const eventually = <T>(read: () => Promise<T>) => expect.poll(read, { timeout: 20_000 })

const stage = stageOfFile()

const open = async (...args: Parameters<Stage['open']>): Promise<DeskPage> => {
  return stage.open(...args)
}

const list = (page: Page) => page.getByRole('listbox', { name: /^Conversations/ })
const chosen = (page: Page) => list(page).getByRole('option', { selected: true })
const composer = (page: Page) => page.locator('[data-keys=composer] .comp-text').first()

describe('the list', () => {
  it('is walked by J and K, and the focus need not be set first', async () => {
    const { page } = await open(veloform())
    await list(page).waitFor()
    await page.keyboard.press('j')
    await eventually(() => chosen(page).textContent()).toContain('Dmitri Volkov')
    await page.keyboard.press('j')
    await eventually(() => chosen(page).textContent()).toContain('Nguyễn Thị Hà')
    await page.keyboard.press('k')
    await eventually(() => chosen(page).textContent()).toContain('Dmitri Volkov')
  })

  it('keeps the selection when rows come and go, and goes on from the place of one that left', async () => {
    const world = veloform()
    const { page, core } = await open(world)
    await list(page).waitFor()
    for (let index = 0; index < 2; index++) await page.keyboard.press('j')
    await eventually(() => chosen(page).textContent()).toContain('Nguyễn Thị Hà')

    const first = world.lines('mine', null)[0]!.conversation
    world.put('conversation', { ...first, assigneeId: null })
    core.changed()
    await eventually(() => list(page).getByRole('option').count()).toBe(9)
    await eventually(() => chosen(page).textContent()).toContain('Nguyễn Thị Hà')

    const own = world.all('conversation').find(({ subject }) => subject.startsWith('Re: Delivery'))!
    world.put('conversation', { ...own, status: 'closed' })
    core.changed()
    await eventually(() => chosen(page).count()).toBe(0)
    await page.keyboard.press('j')
    await eventually(() => chosen(page).textContent()).toContain('Oliver Grant')
  })

  it('takes letters for text while somebody types, and no key of an input method', async () => {
    const { page } = await open(veloform())
    await list(page).waitFor()
    await page.keyboard.press('j')
    await composer(page).fill('')
    await composer(page).pressSequentially('jk1')
    expect(await typed(composer(page))).toBe('jk1')
    await eventually(() => chosen(page).textContent()).toContain('Dmitri Volkov')

    await page.evaluate(() => (document.activeElement as HTMLElement).blur())
    await page.evaluate(() => {
      for (const init of [
        { key: 'j', isComposing: true },
        { key: 'j', keyCode: 229 },
      ])
        document.body.dispatchEvent(
          new KeyboardEvent('keydown', { ...init, bubbles: true, cancelable: true }),
        )
    })
    expect(await chosen(page).textContent()).toContain('Dmitri Volkov')
  })

  it('lets the reply begin with the very next key', async () => {
    const { page } = await open(veloform())
    await list(page).waitFor()
    await page.keyboard.press('j')
    await composer(page).waitFor()
    // All keys in one turn, as a fast hand on a busy machine: H would snooze, E would resolve.
    await page.evaluate(() => {
      const key = (name: string) =>
        (document.activeElement ?? document.body).dispatchEvent(
          new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true }),
        )
      for (const name of 'rhe') key(name)
    })
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('TEXTAREA')
    expect(await page.getByRole('menu').count()).toBe(0)
    await eventually(() => chosen(page).count()).toBe(1)
  })

  it('of 50,000 conversations holds only what is in sight and asks for two pages at most', async () => {
    const world = veloform()
    const one = world.all('conversation')[0]!
    for (let index = 0; index < 50_000; index++)
      world.put('conversation', {
        ...one,
        id: `many-${index}`,
        subject: `Matter ${index}`,
        activityAt: one.activityAt - index * 1000,
        waitingSince: one.activityAt - index * 1000,
      })
    const { page } = await open(world)
    await list(page).waitFor()
    await list(page).focus()
    await page.keyboard.press('End')
    await page.waitForFunction(() => document.querySelectorAll('[role=option]').length > 0)
    await eventually(() => list(page).getByRole('option').last().getAttribute('aria-posinset')).toBe('50010')
    await eventually(() => list(page).getByRole('option').last().textContent()).toMatch(/Ingrid/)
    expect(await list(page).getByRole('option').count()).toBeLessThan(40)
  })

  it('says in a new workspace that there is no way in yet, and shows an administrator the way', async () => {
    const world = veloform()
    for (const type of ['inbox', 'conversation'] as const)
      for (const { id } of world.all(type)) world.rows.docs.delete(`${type}:${id}`)
    const { page, core } = await open(world)
    await page.getByText('An administrator has to connect a mailbox or a chat').waitFor()
    expect(await page.getByRole('button', { name: 'Set up inboxes' }).count()).toBe(0)
    world.put('agent', { ...world.one('agent', world.agentId)!, role: 'administrator' })
    core.changed()
    core.answer('inboxes', () => ok({ inboxes: [] }))
    await page.getByRole('button', { name: 'Set up inboxes' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Add mailbox' }).waitFor()
  })

  it('calls nothing done in a workspace where nothing has come yet, and offers to search nothing', async () => {
    const world = veloform()
    for (const { id } of world.all('conversation')) world.rows.docs.delete(`conversation:${id}`)
    const { page } = await open(world)
    for (const place of ['1', '2', '3', '4']) {
      await page.keyboard.press(place)
      await page.locator(`.views li:nth-child(${place}) [aria-current]`).waitFor()
      await page.getByText('No conversation yet').waitFor()
    }
    await page.getByRole('heading', { name: 'One thread per customer' }).waitFor()
    expect(await page.getByRole('main').getByRole('button', { name: 'Search' }).count()).toBe(0)
    // The others say what they are for.
    await page.keyboard.press('5')
    await page.getByText('Nothing is snoozed').waitFor()
  })

  it('shows whoever leads an empty workspace that customers can be brought along in a table', async () => {
    const world = veloform()
    for (const type of ['conversation', 'customer'] as const)
      for (const { id } of world.all(type)) world.rows.docs.delete(`${type}:${id}`)
    const { page, core } = await open(world)
    await page.keyboard.press('c')
    await page.getByText('No customers yet').waitFor()
    const offer = page.getByRole('main').getByRole('button', { name: 'Import customers', exact: true })
    expect(await offer.count()).toBe(0)
    world.put('agent', { ...world.one('agent', world.agentId)!, role: 'supervisor' })
    core.changed()
    await offer.click()
    await page.getByRole('heading', { name: 'Import customers' }).waitFor()
  })

  it('has a view at every number, the one that stands there, whether a reply is held or none', async () => {
    const world = veloform()
    const { page, core } = await open(world)
    await list(page).waitFor()
    const places = async (): Promise<string[]> => {
      const names: string[] = []
      for (const place of ['1', '2', '3', '4', '5', '6', '7', '8']) {
        await page.keyboard.press(place)
        const line = page.locator(`.views li:nth-child(${place}) [aria-current]`)
        await line.waitFor()
        names.push((await line.getAttribute('data-view')) ?? '')
      }
      return names
    }
    for (const each of world.all('conversation')) world.put('conversation', { ...each, held: [] })
    core.changed()
    const before = await places()
    expect(before).toContain('held')
    const [one] = world.all('conversation')
    const held = { itemId: 'h1', agentId: world.agentId, reasons: [], along: [] }
    world.put('conversation', { ...one!, held: [held] })
    core.changed()
    await page.locator('[data-view="held"] .side-count', { hasText: '1' }).waitFor()
    expect(await places()).toEqual(before)
  })

  it('says something useful when it is empty', async () => {
    const world = veloform()
    for (const each of world.all('conversation'))
      if (each.assigneeId === world.agentId) world.put('conversation', { ...each, status: 'closed' })
    const { page } = await open(world)
    await page.getByText('You are all caught up').waitFor()
    await page.getByRole('button', { name: 'Show unassigned' }).click()
    await eventually(() => list(page).getByRole('option').count()).toBe(2)
  })
})

describe('the shell', () => {
  it('goes from column to column by F6 and comes back to where the focus was', async () => {
    const { page } = await open(veloform())
    await list(page).waitFor()
    await page.keyboard.press('j')
    const column = () =>
      page.evaluate(() => document.activeElement?.closest('[data-column]')?.getAttribute('data-column'))
    const walk: unknown[] = []
    for (let index = 0; index < 5; index++) {
      await page.keyboard.press('F6')
      walk.push(await column())
    }
    expect(walk).toEqual(['rail', 'list', 'main', 'side', 'rail'])
    await composer(page).focus()
    await page.keyboard.press('F6')
    await page.keyboard.press('Shift+F6')
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('TEXTAREA')
  })

  it('lays the customer’s panel over the thread where there is no room beside it', async () => {
    const { page } = await open(veloform(), { width: 1000, height: 640 })
    await list(page).waitFor()
    await page.keyboard.press('j')
    await composer(page).waitFor()
    const side = page.locator('[data-column=side]')
    expect(await side.isVisible()).toBe(false)
    await page.keyboard.press(']')
    await side.waitFor()
    await eventually(() =>
      page.evaluate(() => document.activeElement?.closest('[data-column]')?.getAttribute('data-column')),
    ).toBe('side')
    await page.keyboard.press('Escape')
    await side.waitFor({ state: 'hidden' })
  })

  it('lists every shortcut on ?, and keys do nothing behind a dialog', async () => {
    const { page } = await open(veloform())
    await list(page).waitFor()
    await page.keyboard.press('?')
    const dialog = page.getByRole('dialog', { name: 'Keyboard' })
    await dialog.waitFor()
    await page.keyboard.press('j')
    expect(await page.locator('[role=option][aria-selected=true]').count()).toBe(0)
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
  })

  it('changes theme, language and density at once', async () => {
    const { page } = await open(veloform())
    await list(page).waitFor()
    await page.keyboard.press('Control+,')
    await page.getByRole('radio', { name: 'Dark' }).click()
    await page.getByRole('radio', { name: 'Compact' }).click()
    await page.getByRole('radio', { name: '简体中文' }).click()
    await page.getByRole('dialog', { name: '设置' }).waitFor()
    expect(
      await page.evaluate(() => ({
        ...document.documentElement.dataset,
        lang: document.documentElement.lang,
      })),
    ).toEqual({
      theme: 'dark',
      density: 'compact',
      lang: 'zh-CN',
    })
  })

  it('keeps what is typed when the core restarts, and shows its rows again', async () => {
    const { page, core } = await open(veloform())
    await list(page).waitFor()
    await page.keyboard.press('j')
    await composer(page).fill('Half a sentence')
    core.drop()
    await eventually(() => list(page).getByRole('option').count()).toBeGreaterThan(5)
    expect(await typed(composer(page))).toBe('Half a sentence')
  })

  it('keeps what is typed when another part of the desk breaks', async () => {
    const world = veloform()
    const { page, core } = await open(world)
    await list(page).waitFor()
    await page.keyboard.press('j')
    await composer(page).fill('Half a sentence')
    const item = world.all('item').find(({ conversationId }) => conversationId === 'conversation-9')!
    world.put('item', { ...item, text: { bad: true } as never })
    core.changed()
    await page.getByText('This part could not be shown').first().waitFor()
    expect(await typed(composer(page))).toBe('Half a sentence')
  })

  it('is under one policy: no script but its own, no request to elsewhere, nothing refused', async () => {
    const world = veloform()
    const refused: string[] = []
    const elsewhere: string[] = []
    const { page } = await open(world)
    page.on('console', message => {
      if (/content security policy/i.test(message.text())) refused.push(message.text())
    })
    page.on('request', request => {
      if (!/^(http:\/\/127\.0\.0\.1|ws:\/\/127\.0\.0\.1|blob:|data:)/.test(request.url()))
        elsewhere.push(request.url())
    })
    await page.reload()
    await list(page).waitFor()
    await page.keyboard.press('j')
    await composer(page).waitFor()
    expect(refused).toEqual([])
    expect(elsewhere).toEqual([])
  })
})

describe('the state to the hub', () => {
  it('is said when offline: what waits, how old it is, when it is tried again', async () => {
    const world = veloform()
    for (const name of ['reply.send', 'note.add', 'conversation.close', 'draft.save']) world.waits({ name })
    const { page, core } = await open(world)
    await list(page).waitFor()
    core.sync({ phase: 'offline', offlineSince: thursday, retryAt: thursday + 60_000, waiting: 4, held: 1 })
    await page.clock.runFor(2000)
    const banner = page.getByRole('region', { name: 'Offline' })
    await banner.waitFor()
    // Drafts and what was read wait too, but nobody sent those.
    expect(await banner.textContent()).toContain('3 waiting to send')
    expect(await banner.textContent()).toContain('1 to look at')
    expect(await banner.textContent()).toContain('What you see is from 14:06.')
    expect(await banner.textContent()).toMatch(/Next try in 5\d s/)
    await banner.getByRole('button', { name: 'Try now' }).click()
    await eventually(async () => core.asked.map(({ name }) => name)).toContain('retryNow')
    core.sync({ phase: 'live', offlineSince: null, retryAt: null, waiting: 0, held: 0 })
    await banner.waitFor({ state: 'detached' })
  })

  it('does not cry at the first attempt after the start, nor when the hub is back in a moment', async () => {
    const { page, core } = await open(veloform(), {
      prepare: core => core.sync({ phase: 'connecting', offlineSince: thursday - 60_000 }),
    })
    await list(page).waitFor()
    await page.clock.runFor(3000)
    expect(await page.getByRole('region', { name: 'Offline' }).count()).toBe(0)
    core.sync({ phase: 'live', offlineSince: null })
    core.sync({ phase: 'offline', offlineSince: thursday })
    await page.getByRole('button', { name: /^Sync: Offline/ }).waitFor()
    core.sync({ phase: 'live', offlineSince: null })
    await page.clock.runFor(3000)
    expect(await page.getByRole('region', { name: 'Offline' }).count()).toBe(0)
  })

  it('lists what waits and for what, what came back and why, each with a way forward', async () => {
    const world = veloform()
    world
      .waits({
        name: 'reply.send',
        conversationId: 'conversation-3',
        preview: 'The new pack leaves today.',
        waitsFor: 'attachment',
        upload: { sent: 400_000, size: 1_200_000, files: 1, name: 'label.jpg' },
      })
      .waits({ name: 'draft.save', conversationId: 'conversation-4' })
    world.refused = [
      {
        id: 'r1',
        name: 'conversation.claim',
        code: 'taken',
        params: { agentId: 'agent-2' },
        conversationId: 'conversation-11',
        customerId: 'customer-11',
        customerName: 'Arjun Mehta',
        preview: '',
        at: thursday,
      },
    ]
    const { page, core } = await open(world)
    await list(page).waitFor()
    core.sync({ waiting: 2, refused: 1 })
    await page.getByRole('button', { name: /1 to look at/ }).click()
    const outbox = page.getByRole('dialog', { name: 'Sync' })
    await outbox.getByText('Waits for its attachment: label.jpg, 0.4 of 1.2 MB').waitFor()
    await outbox.getByText('And 1 small change').waitFor()
    await outbox.getByText('Priya Raman has it.').waitFor()
    await outbox.getByRole('button', { name: 'Dismiss' }).click()
    await outbox.getByText('Priya Raman has it.').waitFor({ state: 'detached' })
    await outbox.getByRole('button', { name: 'View: Reply to Amara Okonkwo' }).click()
    await page.getByRole('heading', { name: 'Amara Okonkwo' }).waitFor()
  })

  it('asks only for the password when the session has ended, and keeps the desk as it is', async () => {
    const { page, core } = await open(veloform())
    await list(page).waitFor()
    await page.keyboard.press('j')
    core.sync({ phase: 'blocked', fault: { kind: 'session-expired', retryable: false }, waiting: 2 })
    await page.clock.runFor(2000)
    const banner = page.getByRole('region', { name: 'Blocked' })
    await banner.getByText('Your session has ended').waitFor()
    core.answer('signIn', () => failed('wrong-credentials'))
    await banner.getByRole('button', { name: 'Sign in again' }).click()
    const dialog = page.getByRole('dialog', { name: 'Sign in again' })
    await dialog.getByLabel('Password').fill('wrong')
    await page.keyboard.press('Enter')
    await dialog.getByText('Email or password is not right').waitFor()
    core.answer('signIn', () => {
      core.sync({ phase: 'live', fault: null })
      return ok({ agentId: 'agent-me' })
    })
    await dialog.getByLabel('Password').fill('right')
    await page.keyboard.press('Enter')
    await dialog.waitFor({ state: 'detached' })
    await banner.waitFor({ state: 'detached' })
    expect(await chosen(page).count()).toBe(1)
  })

  it('does not sign out what waits without asking', async () => {
    const { page, core } = await open(veloform())
    await list(page).waitFor()
    core.sync({ waiting: 3 })
    await page.getByRole('button', { name: 'Your account' }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await page.getByText('3 changes have not reached the hub').waitFor()
    await page.getByRole('button', { name: 'Wait' }).click()
    expect(core.asked.map(({ name }) => name)).not.toContain('signOut')
  })

  it('tells a refusal at the moment it happens, with who was first', async () => {
    const { page, core } = await open(veloform())
    await list(page).waitFor()
    core.event('refused', {
      id: 'r1',
      name: 'conversation.claim',
      code: 'taken',
      params: { agentId: 'agent-2' },
    })
    await page.getByText('Assigned to me was not taken. Priya Raman has it.').first().waitFor()
  })

  it('tells once that the replica had to be rebuilt', async () => {
    const { page } = await open(veloform(), {
      prepare: core => core.desk({ notice: 'replica-rebuilt-with-outbox' }),
    })
    const notice = page.getByRole('alert').filter({ hasText: 'What waited to be sent was saved' })
    await notice.waitFor()
    await notice.getByRole('button').click()
    await notice.waitFor({ state: 'detached' })
  })
})

describe('signing in', () => {
  const fill = async (page: Page, password = 'secret'): Promise<void> => {
    await page.getByLabel('Hub address').fill('desk.veloform.com')
    await page.getByLabel('Email').fill('tomas@veloform.com')
    await page.getByLabel('Password').fill(password)
    await page.getByRole('button', { name: 'Sign in' }).click()
  }

  it('asks nobody while a field is empty, and goes to it', async () => {
    const { page, core } = await open(veloform(), { signedIn: false })
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByText('Enter the hub’s address').waitFor()
    await page.getByText('Enter your password').waitFor()
    expect(await page.evaluate(() => (document.activeElement as HTMLInputElement).name)).toBe('hubUrl')
    expect(core.asked.filter(({ name }) => name === 'signIn')).toEqual([])
  })

  it.each([
    ['hub-unreachable', 'hubUrl', 'The hub does not answer'],
    ['not-a-hub', 'hubUrl', 'it is not a Skein hub'],
    ['hub-address-invalid', 'hubUrl', 'This is not an address'],
    ['wrong-credentials', 'password', 'Email or password is not right'],
  ] as const)('says %s at the field it is about and keeps what was typed', async (kind, field, sentence) => {
    const { page, core } = await open(veloform(), { signedIn: false })
    core.answer('signIn', () => failed(kind))
    await fill(page)
    await page.getByText(sentence).waitFor()
    const focused = await page.evaluate(() => {
      const { name, ariaInvalid } = document.activeElement as HTMLInputElement
      return { name, ariaInvalid }
    })
    expect(focused).toEqual({ name: field, ariaInvalid: 'true' })
    expect(await page.getByLabel('Password').inputValue()).toBe('secret')
  })

  it('counts the seconds down after too many attempts, and then lets one try', async () => {
    const { page, core } = await open(veloform(), { signedIn: false })
    core.answer('signIn', () => failed('too-many-attempts', { params: { seconds: 30 } }))
    await fill(page)
    await page.getByText(/Try again in (30|29) seconds/).waitFor()
    expect(await page.getByRole('button', { name: 'Sign in' }).isDisabled()).toBe(true)
    await page.clock.runFor(20_000)
    await page.getByText(/Try again in \d seconds/).waitFor()
    await page.clock.runFor(11_000)
    expect(await page.getByRole('button', { name: 'Sign in' }).isEnabled()).toBe(true)
  })

  it('lets nobody take the place of one whose changes still wait', async () => {
    const { page, core } = await open(veloform(), {
      signedIn: false,
      prepare: core => core.desk({ email: 'priya@veloform.com' }),
    })
    core.answer('signIn', () => failed('forbidden', { params: { waiting: 2 } }))
    await fill(page)
    await page.getByText('Changes of priya@veloform.com still wait on this machine').waitFor()
  })

  it('opens the desk', async () => {
    const { page, core } = await open(veloform(), { signedIn: false })
    await fill(page)
    await list(page).waitFor()
    expect(core.asked.find(({ name }) => name === 'signIn')?.args).toEqual({
      hubUrl: 'desk.veloform.com',
      email: 'tomas@veloform.com',
      password: 'secret',
    })
  })
})
