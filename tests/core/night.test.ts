// What a core sees that slept: its clock has jumped, its timers have not, its connection only looks open, and nobody told it.
import { expect, test } from 'vitest'
import { type Ground, realGround } from '../../electron/core/ground.ts'
import type { Dial } from '../../electron/core/sync/link.ts'
import { dialSocket } from '../../electron/core/sync/socket.ts'
import { note, signedIn, startHub } from './ground.ts'

const HOUR = 3_600_000

/** A machine that can be asleep, with a network that can be gone. */
function laptop() {
  let slept = 0
  let dialled = 0
  let lastDead = 0
  let network = true
  const ground: Ground = { ...realGround, now: () => Date.now() + slept }
  const dial: Dial = (to, listener) => {
    const mine = ++dialled
    const alive = (): boolean => network && mine > lastDead
    const link = dialSocket(to, {
      opened: () => alive() && listener.opened(),
      message: (name, payload) => alive() && listener.message(name, payload),
      ended: reason => alive() && listener.ended(reason),
    })
    return { send: (name, message) => alive() && link.send(name, message), close: link.close }
  }
  return {
    ground,
    dial,
    reach: async () => network,
    fetch: (url: string, init?: RequestInit) =>
      network ? fetch(url, init) : Promise.reject(new TypeError('no network')),
    /** So much time goes by in which nothing runs; the line dies in it and says nothing. */
    sleep(milliseconds: number) {
      lastDead = dialled
      slept += milliseconds
    },
    network(there: boolean) {
      network = there
    },
  }
}

test('S25: a desk that slept finds out by itself, says so, and has what it missed', async () => {
  const hub = await startHub()
  const machine = laptop()
  const ann = await signedIn(hub.url, 'ann', machine)
  const bo = await signedIn(hub.url, 'bo')
  const timeline = ann.page.watch('timeline', { customerId: 'customer', limit: 100 })
  await ann.page.until(() => timeline.ready)
  const told = ann.page.events.length
  const phase = () => ann.page.state('sync')?.phase
  const has = () => timeline.rows.some(({ item }) => item.text === 'said at night')
  /** Whether it was there whenever, after the night was felt, the desk was called live. */
  const whenLive: boolean[] = []
  let felt = false
  machine.sleep(8 * HOUR)
  await bo.page.ask('mutate', { name: 'note.add', args: note('c1', 'said at night') })
  await bo.page.drained()
  await ann.page.until(() => {
    felt ||= phase() !== 'live'
    if (felt && phase() === 'live') whenLive.push(has())
    return felt && phase() === 'live' && has()
  })
  expect(whenLive).toEqual([true])
  const phases = ann.page.events
    .slice(told)
    .flatMap(({ name, value }) => (name === 'sync' ? [(value as { phase: string }).phase] : []))
  expect(phases.indexOf('connecting')).toBeGreaterThan(-1)
  expect(phases.indexOf('connecting')).toBeLessThan(phases.lastIndexOf('live'))
})

test('S9: a desk that slept for longer than the workspace allows locks when it wakes, not an hour later, and opens by itself with the network', async () => {
  const hub = await startHub()
  const machine = laptop()
  const { page } = await signedIn(hub.url, 'ann', machine)
  const list = page.watch('conversations', {
    view: 'open',
    inboxId: null,
    sort: 'newest',
    offset: 0,
    limit: 50,
  })
  await page.until(() => list.rows.length === 3)
  machine.network(false)
  machine.sleep(15 * 24 * HOUR)
  await page.until(() => page.state('desk')?.phase === 'locked')
  await page.until(() => list.fault?.kind === 'replica-locked')
  machine.network(true)
  await page.until(() => page.state('desk')?.phase === 'signed-in')
  await page.until(() => list.fault === undefined && list.rows.length === 3)
})
