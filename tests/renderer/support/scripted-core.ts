// Answers the contract over any port from a World. States and answers to requests are given by the test; everything else is as a
// core would do it: snapshots, keyed differences, events told at once on connecting.
import { type EventName, type EventOf, type RequestName, ToCore } from '#shared/ipc/contract.ts'
import { inTurns } from '#shared/ipc/in-turns.ts'
import type { Port } from '#shared/ipc/port.ts'
import type { DeskState, Preferences, SyncState } from '#shared/ipc/states.ts'
import { failed, ok, type Result } from '#shared/protocol/fault.ts'
import { type QueryName, queries } from '#shared/queries/index.ts'
import type { World } from './world.ts'

type Answer = (args: never) => Result<unknown> | Promise<Result<unknown>>

export interface ScriptedCore {
  /** For `startPreview` and for tests in one process. */
  connect(port: Port): void
  /** Closes every port, as a core that ended. */
  drop(): void
  /** Changes a state and tells it. */
  desk(change: Partial<DeskState>): void
  sync(change: Partial<SyncState>): void
  preferences(change: Partial<Preferences>): void
  event<N extends EventName>(name: N, value: EventOf<N>): void
  /** Rows were changed by hand: subscribers hear what is different. */
  changed(): void
  /** From now on this request is answered so. */
  answer(name: RequestName, answer: Answer): void
  /** From now on this query is not answered, fails, or is answered again: to whoever waits for it or asks anew. */
  query(name: QueryName, how: 'waits' | 'answers' | Result<never>): void
  /** The arguments with which this query is followed now. */
  followed(name: QueryName): readonly unknown[]
  /** Requests that came, oldest first. */
  readonly asked: { name: string; args: unknown }[]
}

interface Subscriber {
  query: QueryName
  args: unknown
  shown: Map<string, string>
  order: string
}

export function createScriptedCore(world: World, start: { signedIn?: boolean } = {}): ScriptedCore {
  const ports = new Map<Port, Map<number, Subscriber>>()
  const asked: ScriptedCore['asked'] = []
  const notAnswered = new Map<string, 'waits' | Result<never>>()
  const waiting = new Map<string, () => Promise<void>>()
  const signedIn = start.signedIn ?? true
  const states = {
    desk: {
      phase: signedIn ? 'signed-in' : 'signed-out',
      agentId: signedIn ? world.agentId : null,
      deviceId: signedIn ? 'device-1' : null,
      hubUrl: signedIn ? 'https://desk.veloform.com' : null,
      email: signedIn ? (world.one('agent', world.agentId)?.email ?? null) : null,
      fault: null,
      notice: null,
    } as DeskState,
    sync: {
      phase: 'live',
      lastContactAt: null,
      currentAt: null,
      offlineSince: null,
      retryAt: null,
      progress: null,
      waiting: 0,
      held: 0,
      refused: 0,
      uncertain: 0,
      failed: 0,
      locksAt: null,
      fault: null,
    } as SyncState,
    preferences: {
      theme: 'light',
      language: 'en',
      density: 'comfortable',
      // What is sent leaves at once; tests of taking back set it.
      undoSendSeconds: 0,
    } as Preferences,
    presence: { agents: [] } as EventOf<'presence'>,
  }

  const tell = (name: EventName, value: unknown): void => {
    for (const port of ports.keys()) port.post({ t: 'event', name, value })
  }

  const rowsOf = ({ query, args }: Subscriber) => {
    const key = queries[query].key as (row: unknown) => string
    return world.ask(query, args as never).map(row => ({ key: key(row), row }))
  }

  const differences = (): void => {
    for (const [port, subscribers] of ports)
      for (const [id, subscriber] of subscribers) {
        const rows = rowsOf(subscriber)
        const put = rows.filter(({ key, row }) => subscriber.shown.get(key) !== JSON.stringify(row))
        const keys = new Set(rows.map(({ key }) => key))
        const drop = [...subscriber.shown.keys()].filter(key => !keys.has(key))
        const order = JSON.stringify([...keys])
        if (put.length === 0 && drop.length === 0 && order === subscriber.order) continue
        port.post({
          t: 'difference',
          id,
          put: put.map(({ row }) => row),
          drop,
          order: order === subscriber.order ? null : [...keys],
        })
        subscriber.shown = new Map(rows.map(({ key, row }) => [key, JSON.stringify(row)]))
        subscriber.order = order
      }
  }

  const answers: Partial<Record<RequestName, Answer>> = {
    mutate: ({ name, args }: { name: string; args: unknown }) => {
      const { mutationId, verdict } = world.mutate(name, args)
      queueMicrotask(differences)
      return verdict === 'refused' ? failed('invalid') : ok({ mutationId, verdict })
    },
    setPreferences: (change: Partial<Preferences>) => {
      core.preferences(change)
      return ok(null)
    },
    dismissRefused: ({ id }: { id: string }) => {
      world.refused = world.refused.filter(entry => entry.id !== id)
      queueMicrotask(differences)
      return ok(null)
    },
    dismissNotice: () => {
      core.desk({ notice: null })
      return ok(null)
    },
    signIn: () => {
      core.desk({ phase: 'signed-in', agentId: world.agentId, deviceId: 'device-1', fault: null })
      return ok({ agentId: world.agentId })
    },
    signOut: () => {
      core.desk({ phase: 'signed-out', agentId: null })
      return ok(null)
    },
    retryNow: () => ok(null),
    presence: () => ok(null),
    loadOlder: () => ok(null),
    cards: () => ok(null),
  }

  const receive = async (port: Port, raw: unknown): Promise<void> => {
    const message = ToCore.parse(raw)
    if (message.t === 'unsubscribe') {
      ports.get(port)?.delete(message.id)
      for (const key of waiting.keys()) if (key.endsWith(` ${message.id}`)) waiting.delete(key)
    } else if (message.t === 'subscribe' && notAnswered.has(message.query)) {
      const how = notAnswered.get(message.query)!
      if (how === 'waits') waiting.set(`${message.query} ${message.id}`, () => receive(port, raw))
      else if (!how.ok) port.post({ t: 'fault', id: message.id, fault: how.fault })
    } else if (message.t === 'subscribe') {
      const subscriber: Subscriber = {
        query: message.query as QueryName,
        args: message.args,
        shown: new Map(),
        order: '',
      }
      const rows = rowsOf(subscriber)
      subscriber.shown = new Map(rows.map(({ key, row }) => [key, JSON.stringify(row)]))
      subscriber.order = JSON.stringify(rows.map(({ key }) => key))
      ports.get(port)?.set(message.id, subscriber)
      port.post({ t: 'snapshot', id: message.id, rows: rows.map(({ row }) => row) })
    } else {
      asked.push({ name: message.name, args: message.args })
      const result = await (answers[message.name as RequestName]?.(message.args as never) ??
        failed('internal'))
      port.post(
        result.ok
          ? { t: 'answer', id: message.id, value: result.value }
          : { t: 'fault', id: message.id, fault: result.fault },
      )
    }
  }

  const change = <N extends 'desk' | 'sync' | 'preferences'>(
    name: N,
    to: Partial<(typeof states)[N]>,
  ): void => {
    states[name] = { ...states[name], ...to }
    tell(name, states[name])
  }

  const core: ScriptedCore = {
    asked,
    connect(to) {
      const port = inTurns(to)
      ports.set(port, new Map())
      port.onClose(() => ports.delete(port))
      for (const [name, value] of Object.entries(states)) port.post({ t: 'event', name, value })
      port.onMessage(message => void receive(port, message))
    },
    drop() {
      for (const port of ports.keys()) port.close()
    },
    desk: to => change('desk', to),
    sync: to => change('sync', to),
    preferences: to => change('preferences', to),
    event(name, value) {
      if (name === 'presence') states.presence = value as EventOf<'presence'>
      tell(name, value)
    },
    changed: differences,
    query(name, how) {
      if (how !== 'answers') return void notAnswered.set(name, how)
      notAnswered.delete(name)
      for (const [key, again] of waiting) {
        if (!key.startsWith(`${name} `)) continue
        waiting.delete(key)
        void again()
      }
    },
    followed: name =>
      [...ports.values()].flatMap(all =>
        [...all.values()].filter(({ query }) => query === name).map(({ args }) => args),
      ),
    answer(name, answer) {
      answers[name] = answer
    },
  }
  return core
}
