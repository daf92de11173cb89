// The renderer's end of the contract over any Port: requests, live queries, events. Guards four things: what comes in is parsed;
// an expected failure is a value, never an exception; after a core restart every subscription is asked for again; a core whose beat
// is missed counts as gone until it is felt again, so that nothing it said before a sleep is taken for live (S25).
import { z } from 'zod'
import {
  type EventName,
  type EventOf,
  events,
  type RequestArgs,
  type RequestName,
  type RequestResult,
  requests,
  type ToCore,
  ToRenderer,
} from '#shared/ipc/contract.ts'
import { inTurns } from '#shared/ipc/in-turns.ts'
import type { Port } from '#shared/ipc/port.ts'
import { type Fault, fault, type Result } from '#shared/protocol/fault.ts'
import { type QueryArgs, type QueryName, type QueryRow, queries } from '#shared/queries/index.ts'
import { type Difference, difference, snapshot } from './rows.ts'

export interface Rows<Row> {
  rows: readonly Row[]
  /** Null until the first answer came. */
  fault: Fault | null
}

export interface Link {
  /** Begins to connect; until then everything waits. */
  start(): void
  /** Never rejects: what can be expected to fail is in the result. */
  request<N extends RequestName>(name: N, args: RequestArgs<N>): Promise<Result<RequestResult<N>>>
  /** Calls back with the rows at once when they are there and after every change. @returns ends it */
  subscribe<N extends QueryName>(
    name: N,
    args: QueryArgs<N>,
    changed: (now: Rows<QueryRow<N>>) => void,
  ): () => void
  on<N extends EventName>(name: N, listener: (value: EventOf<N>) => void): () => void
  /** Whether a core is there and answers; called at once and on every change. */
  onConnected(listener: (connected: boolean) => void): () => void
}

interface Waiting {
  message: ToCore
  sent: boolean
  settle(result: Result<unknown>): void
  schema: z.ZodType
}

interface Subscription {
  query: QueryName
  args: unknown
  rows: readonly unknown[]
  changed(now: Rows<unknown>): void
}

/** The core beats every two seconds. Not felt for so long it hangs, or the machine slept. Milliseconds. */
const SILENT = 6_000
const LOOK = 1_000
/** What arrived while this page was busy is taken first. */
const BENEFIT = 250

/**
 * @param open gives a port to the core; asked again, after `delay`, whenever one closes
 * @param delay milliseconds before attempt number n, counted from 0 after each success
 */
export function createLink(
  open: () => Promise<Port>,
  delay: (attempt: number) => number = attempt => Math.min(250 * 2 ** attempt, 5000),
): Link {
  let port: Port | undefined
  let lastId = 0
  const waiting = new Map<number, Waiting>()
  const subscriptions = new Map<number, Subscription>()
  const listeners = new Map<EventName, Set<(value: never) => void>>()
  const connection = new Set<(connected: boolean) => void>()
  /** States are told at once on connecting; a listener that comes later still gets the last one. */
  const last = new Map<EventName, unknown>()
  /** When the core was last felt; null for one that has not beaten yet. */
  let feltAt: number | null = null
  let silent = false
  let watching: ReturnType<typeof setInterval> | undefined

  const here = (): boolean => port !== undefined && !silent
  const tellConnected = (): void => {
    for (const told of connection) told(here())
  }

  const missed = (): boolean => feltAt !== null && Date.now() - feltAt > SILENT
  const listen = (): void => {
    if (silent || !missed()) return
    setTimeout(() => {
      if (silent || !missed()) return
      silent = true
      tellConnected()
    }, BENEFIT)
  }

  const felt = (): void => {
    feltAt = Date.now()
    if (!silent) return
    silent = false
    tellConnected()
  }

  const post = (message: ToCore): void => port?.post(message)

  const connect = (attempt: number): void => {
    open().then(
      to => {
        const opened = inTurns(to)
        port = opened
        opened.onClose(() => {
          if (port === opened) lost()
        })
        opened.onMessage(receive)
        for (const [id, { query, args }] of subscriptions) post({ t: 'subscribe', id, query, args })
        for (const entry of waiting.values()) send(entry)
        watching = setInterval(listen, LOOK)
        tellConnected()
      },
      () => setTimeout(() => connect(attempt + 1), delay(attempt)),
    )
  }

  const lost = (): void => {
    port = undefined
    feltAt = null
    silent = false
    clearInterval(watching)
    tellConnected()
    // Whether the core had carried it out is not known: the person decides, with their words still in front of them.
    for (const [id, entry] of waiting) {
      if (!entry.sent) continue
      waiting.delete(id)
      entry.settle({ ok: false, fault: fault('internal', { detail: 'the core ended before it answered' }) })
    }
    setTimeout(() => connect(0), delay(0))
  }

  const send = (entry: Waiting): void => {
    entry.sent = true
    post(entry.message)
  }

  const receive = (raw: unknown): void => {
    if (feltAt !== null) felt()
    const parsed = ToRenderer.safeParse(raw)
    if (parsed.success) take(parsed.data)
    else console.error('A message of the core was not understood', parsed.error.issues)
  }

  const take = (message: ToRenderer): void => {
    if (message.t === 'event') {
      if (message.name === 'beat') felt()
      tell(message.name, message.value)
      return
    }
    const entry = waiting.get(message.id)
    if (entry && (message.t === 'answer' || message.t === 'fault')) {
      waiting.delete(message.id)
      entry.settle(message.t === 'answer' ? answered(entry.schema, message.value) : failure(message.fault))
      return
    }
    const subscription = subscriptions.get(message.id)
    if (!subscription || message.t === 'answer') return
    if (message.t === 'fault') {
      // Nobody is signed in, or the desk is locked: what was shown may not stay in the page either.
      if (message.fault.kind === 'signed-out' || message.fault.kind === 'replica-locked')
        subscription.rows = []
      subscription.changed({ rows: subscription.rows, fault: message.fault })
      return
    }
    const key = queries[subscription.query].key as (row: unknown) => string
    subscription.rows =
      message.t === 'snapshot'
        ? snapshot(subscription.rows, message.rows, key)
        : difference(subscription.rows, message as Difference<unknown>, key)
    subscription.changed({ rows: subscription.rows, fault: null })
  }

  const tell = (name: string, value: unknown): void => {
    if (!(name in events)) return
    const parsed = events[name as EventName].safeParse(value)
    if (!parsed.success) {
      console.error(`The event ${name} was not understood`, parsed.error.issues)
      return
    }
    if (states.has(name as EventName)) last.set(name as EventName, parsed.data)
    for (const listener of listeners.get(name as EventName) ?? []) listener(parsed.data as never)
  }

  return {
    start: () => connect(0),
    request: (name, args) =>
      new Promise(resolve => {
        const id = ++lastId
        const entry: Waiting = {
          message: { t: 'request', id, name, args },
          sent: false,
          settle: resolve as (result: Result<unknown>) => void,
          schema: requests[name].result,
        }
        waiting.set(id, entry)
        if (port) send(entry)
      }),
    subscribe(query, args, changed) {
      const id = ++lastId
      subscriptions.set(id, { query, args, rows: [], changed: changed as Subscription['changed'] })
      post({ t: 'subscribe', id, query, args })
      return () => {
        if (subscriptions.delete(id)) post({ t: 'unsubscribe', id })
      }
    },
    on(name, listener) {
      const all = listeners.get(name) ?? new Set()
      listeners.set(name, all.add(listener as (value: never) => void))
      if (last.has(name)) listener(last.get(name) as never)
      return () => void all.delete(listener as (value: never) => void)
    },
    onConnected(listener) {
      connection.add(listener)
      listener(here())
      return () => void connection.delete(listener)
    },
  }
}

const states: ReadonlySet<EventName> = new Set(['desk', 'sync', 'preferences', 'presence'])

const failure = (problem: Fault): Result<never> => ({ ok: false, fault: problem })

const answered = (schema: z.ZodType, value: unknown): Result<unknown> => {
  const parsed = schema.safeParse(value)
  return parsed.success
    ? { ok: true, value: parsed.data }
    : failure(fault('internal', { detail: z.prettifyError(parsed.error).slice(0, 2000) }))
}
