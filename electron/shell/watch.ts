// The shell as a client of the core, over the same contract as a window: what it needs for tray, badge and notifications comes this way,
// so all of them work while every window is hidden.
import type { MessagePortMain } from 'electron'
import {
  type EventName,
  type EventOf,
  events,
  type RequestArgs,
  type RequestName,
  ToRenderer,
} from '#shared/ipc/contract.ts'
import { inTurns } from '#shared/ipc/in-turns.ts'
import type { Preferences } from '#shared/ipc/states.ts'
import { type Fault, fault, ok, type Result } from '#shared/protocol/fault.ts'
import type { Alert, Waiting } from '#shared/queries/index.ts'
import { mainPort } from './main-port.ts'

export interface Watcher {
  arrived(event: EventOf<'arrived'>): void
  arrivals(event: EventOf<'arrivals'>): void
  /** Ids of all that still wants attention. */
  standing(ids: ReadonlySet<string>): void
  /** How many customers of this agent wait. */
  waiting(count: number): void
  preferences(preferences: Preferences): void
  /** Whose desk it is; null: it shows nothing of anybody. */
  person(email: string | null): void
  signedOut(): void
}

export interface CoreWatch {
  /** Never rejects: what fails is in the result. */
  ask<N extends RequestName>(name: N, args: RequestArgs<N>): Promise<Result<unknown>>
}

/** The rows of one live query, put together again. */
const rowsOf = <Row>(key: (row: Row) => string, told: (rows: Row[]) => void) => {
  const rows = new Map<string, Row>()
  const put = (all: unknown[]): void => {
    for (const row of all as Row[]) rows.set(key(row), row)
    told([...rows.values()])
  }
  return {
    snapshot(all: unknown[]) {
      rows.clear()
      put(all)
    },
    difference(all: unknown[], drop: string[]) {
      for (const each of drop) rows.delete(each)
      put(all)
    },
  }
}

/** Listens until the port closes. */
export const watchCore = (to: MessagePortMain, watcher: Watcher): CoreWatch => {
  const port = inTurns(mainPort(to))
  const asked = new Map<number, (result: Result<unknown>) => void>()
  let lastId = 0
  const followed = new Map<number, ReturnType<typeof rowsOf<never>>>()

  const post = (message: { t: string } & Record<string, unknown>): number => {
    lastId += 1
    port.post({ ...message, id: lastId })
    return lastId
  }
  const follow = <Row>(query: string, key: (row: Row) => string, told: (rows: Row[]) => void): void =>
    void followed.set(post({ t: 'subscribe', query, args: {} }), rowsOf(key, told) as never)

  const onMessage = (data: unknown): void => {
    const parsed = ToRenderer.safeParse(data)
    if (!parsed.success) return
    const message = parsed.data
    switch (message.t) {
      case 'event':
        onEvent(message.name, message.value)
        break
      case 'snapshot':
        followed.get(message.id)?.snapshot(message.rows)
        break
      case 'difference':
        followed.get(message.id)?.difference(message.put, message.drop)
        break
      case 'fault':
        // Nobody is signed in, or the desk is locked.
        followed.get(message.id)?.snapshot([])
        settle(message.id, { ok: false, fault: message.fault })
        break
      case 'answer':
        settle(message.id, ok(message.value))
    }
  }
  const settle = (id: number, result: Result<unknown>): void => {
    asked.get(id)?.(result)
    asked.delete(id)
  }

  const take: { [N in EventName]?: (value: EventOf<N>) => void } = {
    arrived: event => watcher.arrived(event),
    arrivals: event => watcher.arrivals(event),
    preferences: preferences => watcher.preferences(preferences),
    desk({ phase, email }) {
      if (phase === 'opening') return
      watcher.person(phase === 'signed-in' ? (email ?? '') : null)
      if (phase === 'signed-out') watcher.signedOut()
    },
  }
  const onEvent = (name: string, value: unknown): void => {
    const listener = take[name as EventName] as ((value: unknown) => void) | undefined
    const parsed = listener && events[name as EventName].safeParse(value)
    if (parsed?.success) listener?.(parsed.data)
  }

  port.onMessage(onMessage)
  port.onClose(() => {
    const gone: Fault = fault('internal', { detail: 'the core ended before it answered' })
    for (const id of [...asked.keys()]) settle(id, { ok: false, fault: gone })
  })
  follow<Waiting>(
    'waiting',
    row => row.conversationId,
    rows => watcher.waiting(rows.filter(({ mine }) => mine).length),
  )
  follow<Alert>(
    'alerts',
    row => row.id,
    rows => watcher.standing(new Set(rows.map(({ id }) => id))),
  )
  return {
    ask: (name, args) => new Promise(resolve => asked.set(post({ t: 'request', name, args }), resolve)),
  }
}
