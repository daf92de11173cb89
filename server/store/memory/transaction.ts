import type { Id } from '#shared/model/base.ts'
import { type Key, keyOf } from '#shared/model/row.ts'
import type { Stream } from '#shared/model/stream.ts'
import { Changes } from '../changes.ts'
import { chainStart, linkOf } from '../event-chain.ts'
import { type Settled, settle } from '../settle.ts'
import { type NewJob, RowExists, type Transaction } from '../store.ts'
import type { State } from './state.ts'
import { tracingIn } from './tracing.ts'

/** A transaction on the maps. Those of one store run one after the other, so nothing needs a lock. */
export function begin(state: State): {
  tx: Transaction
  commit(): Promise<{ streams: Stream[]; jobs: NewJob[] }>
} {
  const changes = new Changes()
  const unnamed = new Set<string>()
  let open = true
  const still = (): Changes => {
    if (!open) throw new Error('this transaction is over')
    return changes
  }

  async function load(keys: readonly Key[]): Promise<void> {
    for (const key of keys) {
      const word = keyOf(key)
      if (!still().loaded.has(word)) changes.loaded.set(word, state.rows.get(word) ?? null)
    }
  }

  const tx: Transaction = {
    load,
    get: (type, id) => still().get(type, id),
    streamsOf: key => still().streamsOf(key),
    put: (type, doc) => still().put(type, doc),
    remove: (type, id) => still().remove(type, id),
    lock: async () => void still(),
    name: (name, key) => still().name(name, key),
    async named(name) {
      const keys = new Map(state.names.get(name))
      for (const own of still().names) if (own.name === name) keys.set(keyOf(own.key), own.key)
      return [...keys.values()]
    },
    async namedAll(names) {
      const found = await Promise.all(names.map(async name => [name, await tx.named(name)] as const))
      return new Map(found.filter(([, keys]) => keys.length > 0))
    },
    // Memory is all there is here.
    spill: async () => void still(),
    async device(id) {
      const device = still().devices.get(id) ?? state.devices.get(id)
      return device && { ...device }
    },
    putDevice: device => still().putDevice(device),
    async outcomes(deviceId, epoch, from) {
      const own = still().outcomes.filter(outcome => outcome.deviceId === deviceId)
      return [...(state.outcomes.get(deviceId) ?? []), ...own]
        .filter(outcome => outcome.epoch === epoch && outcome.n >= from)
        .map(({ n, id, outcome }) => ({ n, id, outcome }))
        .sort((a, b) => a.n - b.n)
    },
    putOutcome: (deviceId, epoch, outcome) => still().outcome({ ...outcome, deviceId, epoch }),
    forgetOutcomes: (deviceId, epoch, through) => still().forget(deviceId, epoch, through),
    async outcomeOf(mutationId: Id) {
      const stored = [...state.outcomes.values()].flat()
      return [...stored, ...still().outcomes].find(({ id }) => id === mutationId)?.outcome
    },
    attempt: work => still().attempt(work),
    tracing: tracingIn(state, unnamed),
    event: event => still().event(event),
    job: job => still().job(job),
  }

  async function commit(): Promise<{ streams: Stream[]; jobs: NewJob[] }> {
    const settled = await settle(changes, {
      load,
      referrers: async (stream, key) => state.referrers(stream, key),
    })
    open = false
    for (const { key, base } of settled.rows) {
      if (base === undefined && state.row(key)) throw new RowExists(key)
    }
    write(state, changes, settled)
    for (const name of unnamed) state.names.delete(name)
    const streams = [...new Set(settled.feed.map(({ stream }) => stream))].sort()
    return { streams, jobs: changes.jobs }
  }

  return { tx, commit }
}

function write(state: State, changes: Changes, { rows, feed }: Settled): void {
  for (const { key, rev, doc, streams } of rows) {
    const word = keyOf(key)
    // A row made again without a look goes on from its tombstone.
    const before = state.rows.get(word)
    const next = before && !before.doc && doc ? Math.max(rev, before.rev + 1) : rev
    state.rows.set(word, { key, rev: next, doc: freeze(doc), streams })
    if (!doc)
      for (const [name, keys] of state.names)
        if (keys.delete(word) && keys.size === 0) state.names.delete(name)
  }
  for (const { stream, key, gone } of feed) state.feed(stream).move(key, gone)
  for (const { name, key } of changes.names) {
    const keys = state.names.get(name) ?? new Map<string, Key>()
    state.names.set(name, keys.set(keyOf(key), key))
  }
  for (const device of changes.devices.values()) state.devices.set(device.id, device)
  for (const { deviceId, ...outcome } of changes.outcomes) {
    const kept = [...(state.outcomes.get(deviceId) ?? []), outcome]
    state.outcomes.set(
      deviceId,
      kept.sort((a, b) => a.epoch - b.epoch || a.n - b.n),
    )
  }
  for (const { deviceId, epoch, through } of changes.forgotten) {
    const kept = state.outcomes.get(deviceId) ?? []
    state.outcomes.set(
      deviceId,
      kept.filter(outcome => outcome.epoch !== epoch || outcome.n > through),
    )
  }
  for (const event of changes.events) {
    const number = state.events.length + 1
    state.events.push({
      ...event,
      number,
      hash: linkOf(state.events.at(-1)?.hash ?? chainStart, number, event),
    })
  }
}

/** Docs are shared with every reader here, so whoever writes into one is told. */
function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const inner of Object.values(value)) freeze(inner)
  }
  return value
}
