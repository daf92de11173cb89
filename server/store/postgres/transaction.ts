import type { Id } from '#shared/model/base.ts'
import { type Doc, type Key, keyOf, type RowType } from '#shared/model/row.ts'
import type { Stream } from '#shared/model/stream.ts'
import type { Outcome } from '#shared/protocol/common.ts'
import { Changes } from '../changes.ts'
import type { Device, Transaction } from '../store.ts'
import type { Session } from './session.ts'
import * as statements from './statements.ts'
import { tracingOn } from './tracing.ts'
import { kept } from './words.ts'

interface LoadedRow {
  type: RowType
  id: string
  rev: number
  doc: Doc | null
  streams: Stream[]
}

export interface DeviceRow {
  id: string
  agent_id: string
  name: string
  platform: string
  epoch: number
  last_n: number
  confirmed: number
  revoked: boolean
}

export interface OutcomeRow {
  n: number
  mutation_id: string
  outcome: Outcome
}

export const acknowledgementOf = ({ n, mutation_id, outcome }: OutcomeRow) => ({
  n,
  id: mutation_id,
  outcome,
})

/** Loads rows under lock that were not looked for yet. */
export async function loadInto(changes: Changes, session: Session, keys: readonly Key[]): Promise<void> {
  const wanted = new Map(keys.filter(key => !changes.loaded.has(keyOf(key))).map(key => [keyOf(key), key]))
  if (wanted.size === 0) return
  const list = [...wanted.values()]
  const rows = await session.run<LoadedRow>(statements.load, [
    list.map(({ type }) => type),
    list.map(({ id }) => id),
  ])
  for (const word of wanted.keys()) changes.loaded.set(word, null)
  for (const { type, id, rev, doc, streams } of rows) {
    changes.loaded.set(keyOf({ type, id }), { key: { type, id }, rev, doc: doc ?? undefined, streams })
  }
}

/**
 * A transaction: reads and locks at once, writes at the end (see flush.ts). So `attempt` needs no savepoint: an error of the
 * database within one is never a matter of that attempt (a deadlock, a lost connection), it ends the whole transaction,
 * which is then repeated or thrown on.
 */
export function transactionOn(
  session: Session,
  spill: (changes: Changes) => Promise<void>,
): { tx: Transaction; changes: Changes; end(): void } {
  const changes = new Changes()
  let open = true
  const still = (): Changes => {
    if (!open) throw new Error('this transaction is over')
    return changes
  }

  const askOutcome = together(async (ids: readonly Id[]) => {
    const rows = await session.run<OutcomeRow>(statements.outcomesOf, [ids])
    return new Map(rows.map(({ mutation_id, outcome }) => [mutation_id, outcome]))
  })

  const tx: Transaction = {
    load: keys => loadInto(still(), session, keys),
    get: (type, id) => still().get(type, id),
    streamsOf: key => still().streamsOf(key),
    put: (type, doc) => still().put(type, doc),
    remove: (type, id) => still().remove(type, id),
    async lock(word) {
      still()
      await session.run(statements.lock, [kept(word)])
    },
    name: (name, key) => still().name(name, key),
    async named(name) {
      const committed = await session.run<Key>(statements.named, [kept(name)])
      const keys = new Map(committed.map(key => [keyOf(key), key]))
      for (const own of still().names) if (own.name === name) keys.set(keyOf(own.key), own.key)
      return [...keys.values()]
    },
    async namedAll(names) {
      const found = await namedAllBy(values => session.run(statements.namedAll, values), names)
      const asked = new Set(names)
      for (const { name, key } of still().names)
        if (asked.has(name)) found.set(name, [...(found.get(name) ?? []), key])
      return found
    },
    spill: () => spill(still()),
    async device(id) {
      const own = still().devices.get(id)
      if (own) return { ...own }
      const [row] = await session.run<DeviceRow>(statements.device, [id])
      return row && deviceOf(row)
    },
    putDevice: device => still().putDevice(device),
    async outcomes(deviceId, epoch, from) {
      const stored = await session.run<OutcomeRow>(statements.outcomes, [deviceId, epoch, from])
      const own = still().outcomes.filter(
        outcome => outcome.deviceId === deviceId && outcome.epoch === epoch && outcome.n >= from,
      )
      const all = [...stored.map(acknowledgementOf), ...own.map(({ n, id, outcome }) => ({ n, id, outcome }))]
      return all.sort((a, b) => a.n - b.n)
    },
    putOutcome: (deviceId, epoch, outcome) => still().outcome({ ...outcome, deviceId, epoch }),
    forgetOutcomes: (deviceId, epoch, through) => still().forget(deviceId, epoch, through),
    async outcomeOf(mutationId) {
      const own = still().outcomes.find(({ id }) => id === mutationId)
      return own ? own.outcome : askOutcome(mutationId)
    },
    attempt: work => still().attempt(work),
    tracing: tracingOn(session),
    event: event => still().event(event),
    job: job => still().job(job),
  }
  return {
    tx,
    changes,
    end: () => {
      open = false
    },
  }
}

/** The rows of many names, by the name as it was asked. */
export async function namedAllBy(
  run: (values: unknown[]) => Promise<(Key & { name: string })[]>,
  names: readonly string[],
): Promise<Map<string, Key[]>> {
  const asked = new Map(names.map(name => [kept(name), name]))
  const found = new Map<string, Key[]>()
  for (const { name, type, id } of await run([[...asked.keys()]])) {
    const word = asked.get(name) as string
    found.set(word, [...(found.get(word) ?? []), { type, id }])
  }
  return found
}

/** Questions asked in one breath are one question to the database. */
function together<T>(ask: (ids: readonly Id[]) => Promise<Map<Id, T>>): (id: Id) => Promise<T | undefined> {
  let asked: { ids: Id[]; answers: Promise<Map<Id, T>> } | null = null
  return async id => {
    if (!asked) {
      const ids: Id[] = []
      const answers = Promise.resolve().then(() => {
        asked = null
        return ask(ids)
      })
      asked = { ids, answers }
    }
    asked.ids.push(id)
    return (await asked.answers).get(id)
  }
}

const deviceOf = (row: DeviceRow): Device => ({
  id: row.id,
  agentId: row.agent_id,
  name: row.name,
  platform: row.platform,
  epoch: row.epoch,
  lastN: row.last_n,
  confirmed: row.confirmed,
  revoked: row.revoked,
})
