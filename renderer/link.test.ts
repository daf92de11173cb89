import { describe, expect, it, vi } from 'vitest'
import type { Port } from '#shared/ipc/port.ts'
import { createLink } from './link.ts'

/** A core under the test's control. */
function stage() {
  const ports: { sent: unknown[]; say(message: unknown): void; close(): void }[] = []
  const link = createLink(
    () =>
      Promise.resolve().then((): Port => {
        let listener = (_message: unknown): void => {}
        let closed = (): void => {}
        const sent: unknown[] = []
        ports.push({ sent, say: message => listener(message), close: () => closed() })
        return {
          post: message => sent.push(message),
          onMessage: next => {
            listener = next
          },
          onClose: next => {
            closed = next
          },
          close: () => closed(),
        }
      }),
    () => 0,
  )
  link.start()
  const port = (index: number) => vi.waitUntil(() => ports[index])
  return { link, port }
}

describe('the link to the core', () => {
  it('sends a request made before there was a core, once there is one', async () => {
    const { link, port } = stage()
    const answer = link.request('retryNow', {})
    const core = await port(0)
    await vi.waitUntil(() => core.sent.length > 0)
    expect(core.sent).toEqual([{ t: 'request', id: 1, name: 'retryNow', args: {} }])
    core.say({ t: 'answer', id: 1, value: null })
    expect(await answer).toEqual({ ok: true, value: null })
  })

  it('gives an expected failure as a value', async () => {
    const { link, port } = stage()
    const core = await port(0)
    const answer = link.request('dismissNotice', {})
    await vi.waitUntil(() => core.sent.length > 0)
    core.say({ t: 'fault', id: 1, fault: { kind: 'disk-full', retryable: true } })
    expect(await answer).toEqual({ ok: false, fault: { kind: 'disk-full', retryable: true } })
  })

  it('does not take an answer of the wrong shape', async () => {
    const { link, port } = stage()
    const core = await port(0)
    const answer = link.request('signIn', { hubUrl: 'a', email: 'b', password: 'c' })
    await vi.waitUntil(() => core.sent.length > 0)
    core.say({ t: 'answer', id: 1, value: { agentId: 7 } })
    expect(await answer).toMatchObject({ ok: false, fault: { kind: 'internal' } })
  })

  it('says that a request was cut off when the core ends, and asks for every subscription again', async () => {
    const { link, port } = stage()
    const first = await port(0)
    const changed = vi.fn()
    link.subscribe('tags', {}, changed)
    await vi.waitUntil(() => first.sent.length > 0)
    first.say({ t: 'snapshot', id: 1, rows: [{ id: 't', name: 'fleet' }] })
    const rows = changed.mock.lastCall?.[0].rows
    const cut = link.request('retryNow', {})

    first.close()
    expect(await cut).toMatchObject({ ok: false, fault: { kind: 'internal' } })
    const second = await port(1)
    await vi.waitUntil(() => second.sent.length > 0)
    expect(second.sent).toEqual([{ t: 'subscribe', id: 1, query: 'tags', args: {} }])
    second.say({ t: 'snapshot', id: 1, rows: [{ id: 't', name: 'fleet' }] })
    expect(changed.mock.lastCall?.[0].rows).toBe(rows)
  })

  it('tells a later listener the state it missed', async () => {
    const { link, port } = stage()
    const core = await port(0)
    await vi.waitUntil(() => core.sent !== undefined)
    const preferences = { theme: 'dark', language: 'en', density: 'compact' }
    core.say({ t: 'event', name: 'preferences', value: preferences })
    const heard = vi.fn()
    link.on('preferences', heard)
    expect(heard).toHaveBeenCalledWith(preferences)
  })

  it('drops what it does not understand and goes on', async () => {
    const { link, port } = stage()
    const core = await port(0)
    const silence = vi.spyOn(console, 'error').mockReturnValue(undefined)
    const heard = vi.fn()
    link.on('preferences', heard)
    core.say({ t: 'nonsense' })
    core.say({ t: 'event', name: 'preferences', value: { theme: 'pink' } })
    core.say({ t: 'event', name: 'from-the-future', value: 1 })
    expect(heard).not.toHaveBeenCalled()
    core.say({
      t: 'event',
      name: 'preferences',
      value: { theme: 'dark', language: 'en', density: 'compact' },
    })
    expect(heard).toHaveBeenCalledOnce()
    silence.mockRestore()
  })

  it('keeps no row in the page once nobody is signed in', async () => {
    const { link, port } = stage()
    const core = await port(0)
    const changed = vi.fn()
    link.subscribe('tags', {}, changed)
    await vi.waitUntil(() => core.sent.length > 0)
    core.say({ t: 'snapshot', id: 1, rows: [{ id: 't', name: 'fleet' }] })
    core.say({ t: 'fault', id: 1, fault: { kind: 'internal', retryable: false } })
    expect(changed.mock.lastCall?.[0].rows).toHaveLength(1)
    core.say({ t: 'fault', id: 1, fault: { kind: 'signed-out', retryable: false } })
    expect(changed.mock.lastCall?.[0].rows).toEqual([])
  })

  it('does not hear of a subscription that was ended', async () => {
    const { link, port } = stage()
    const core = await port(0)
    const changed = vi.fn()
    const end = link.subscribe('tags', {}, changed)
    await vi.waitUntil(() => core.sent.length > 0)
    end()
    await vi.waitUntil(() => core.sent.length > 1)
    expect(core.sent.at(-1)).toEqual({ t: 'unsubscribe', id: 1 })
    core.say({ t: 'snapshot', id: 1, rows: [] })
    expect(changed).not.toHaveBeenCalled()
  })

  it('S25: counts a core whose beat is missed as gone until it is felt again, and never one that has not beaten', async () => {
    const { link, port } = stage()
    const core = await port(0)
    const told = vi.fn()
    link.onConnected(told)
    await vi.waitUntil(() => told.mock.lastCall?.[0] === true)
    told.mockClear()
    const clock = vi.spyOn(Date, 'now')
    const night = (): void => {
      const later = Date.now() + 8 * 3_600_000
      clock.mockImplementation(() => later)
    }
    night()
    core.say({ t: 'event', name: 'sync', value: {} })
    core.say({ t: 'event', name: 'beat', value: {} })
    expect(told.mock.calls).toEqual([])
    night()
    await vi.waitUntil(() => told.mock.lastCall?.[0] === false, { timeout: 15_000 })
    core.say({ t: 'event', name: 'beat', value: {} })
    expect(told.mock.calls).toEqual([[false], [true]])
    clock.mockRestore()
  })
})
