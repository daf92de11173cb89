import { type EventName, type EventOf, requests, ToCore, type ToRenderer } from '#shared/ipc/contract.ts'
import { inTurns } from '#shared/ipc/in-turns.ts'
import type { Port } from '#shared/ipc/port.ts'
import { type Fault, fault } from '#shared/protocol/fault.ts'
import { type QueryName, queries } from '#shared/queries/index.ts'
import { faultOf } from './fault-error.ts'
import type { Live } from './replica/live.ts'
import type { Requests } from './requests.ts'

/** What a served page reaches. Asked anew each time: the desk behind it may have been rebuilt. */
export interface Served {
  requests: Requests
  live(): Live
  /** Why nothing may be read; undefined when it may. */
  barred(): Fault | undefined
  /** Every state, for a page that has just connected. */
  states(): { [N in 'desk' | 'sync' | 'preferences']: EventOf<N> }
  /** Something failed while a page was answered. */
  failed(where: string, error: unknown): void
}

export interface Client {
  tell<N extends EventName>(name: N, value: EventOf<N>): void
  /** The desk behind was exchanged, or may be read again: every subscription gets a new snapshot. */
  resubscribe(): void
  close(): void
}

/** Pages that subscribe to more are broken. */
const MOST_SUBSCRIPTIONS = 500

interface Subscription {
  name: QueryName
  args: unknown
  stop(): void
  /** The page was told that it may not read. */
  barred: boolean
}

/** Answers the contract over one port. Everything that comes in is parsed; what does not fit gets a fault. */
export function servePort(to: Port, served: Served, closed: (client: Client) => void): Client {
  const port = inTurns(to)
  const subscriptions = new Map<number, Subscription>()
  const post = (message: ToRenderer): void => port.post(message)
  const refuse = (id: number, where: string, error: unknown): void => {
    served.failed(where, error)
    post({ t: 'fault', id, fault: faultOf(error) })
  }

  const request = async (id: number, name: string, args: unknown): Promise<void> => {
    if (!Object.hasOwn(requests, name)) return void post({ t: 'fault', id, fault: fault('invalid') })
    const known = name as keyof typeof requests
    const parsed = requests[known].args.safeParse(args)
    if (!parsed.success) {
      const field = parsed.error.issues[0]?.path.map(String).join('.') ?? ''
      return void post({ t: 'fault', id, fault: fault('invalid', { params: { field } }) })
    }
    try {
      const answer = served.requests[known] as (given: unknown) => unknown
      post({ t: 'answer', id, value: await answer(parsed.data) })
    } catch (error) {
      refuse(id, name, error)
    }
  }

  const start = (id: number, subscription: Subscription): void => {
    const barred = served.barred()
    subscription.barred = barred !== undefined
    if (barred) return void post({ t: 'fault', id, fault: barred })
    subscription.stop = served.live().subscribe(subscription.name, subscription.args as never, {
      snapshot: rows => post({ t: 'snapshot', id, rows }),
      difference: difference => post({ t: 'difference', id, ...difference }),
      failed: error => refuse(id, subscription.name, error),
    })
  }

  const subscribe = (id: number, name: string, args: unknown): void => {
    if (!Object.hasOwn(queries, name) || subscriptions.has(id) || subscriptions.size >= MOST_SUBSCRIPTIONS)
      return void post({ t: 'fault', id, fault: fault('invalid') })
    const known = name as QueryName
    const parsed = queries[known].args.safeParse(args)
    if (!parsed.success) return void post({ t: 'fault', id, fault: fault('invalid') })
    const subscription: Subscription = { name: known, args: parsed.data, stop: () => {}, barred: false }
    subscriptions.set(id, subscription)
    start(id, subscription)
  }

  const client: Client = {
    tell(name, value) {
      post({ t: 'event', name, value })
      if (name !== 'desk') return
      // Locked or signed out: nothing more is told. Open again: from the beginning.
      const barred = served.barred() !== undefined
      for (const [id, subscription] of subscriptions)
        if (barred !== subscription.barred) {
          subscription.stop()
          start(id, subscription)
        }
    },
    resubscribe() {
      for (const [id, subscription] of subscriptions) {
        subscription.stop()
        start(id, subscription)
      }
    },
    close: () => port.close(),
  }

  const end = (): void => {
    for (const { stop } of subscriptions.values()) stop()
    subscriptions.clear()
    closed(client)
  }

  port.onClose(end)
  for (const [name, value] of Object.entries(served.states()))
    client.tell(name as 'sync', value as EventOf<'sync'>)
  port.onMessage(message => {
    const parsed = ToCore.safeParse(message)
    if (!parsed.success) {
      const id = (message as { id?: unknown } | null)?.id
      if (Number.isSafeInteger(id)) post({ t: 'fault', id: id as number, fault: fault('invalid') })
      return
    }
    const { data } = parsed
    if (data.t === 'request') void request(data.id, data.name, data.args)
    else if (data.t === 'subscribe') subscribe(data.id, data.query, data.args)
    else {
      subscriptions.get(data.id)?.stop()
      subscriptions.delete(data.id)
    }
  })
  return client
}
