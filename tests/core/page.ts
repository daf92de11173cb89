/** A page as the core sees one: the contract over a port in the same process, with what it was told kept. */
import type { EventName, EventOf, RequestArgs, RequestName, RequestResult } from '#shared/ipc/contract.ts'
import { ToRenderer } from '#shared/ipc/contract.ts'
import { inTurns } from '#shared/ipc/in-turns.ts'
import type { Port } from '#shared/ipc/port.ts'
import type { Fault } from '#shared/protocol/fault.ts'
import { type QueryArgs, type QueryName, type QueryRow, queries } from '#shared/queries/index.ts'

/** Two ends of one pipe. Messages are cloned and arrive in a later turn, as through a MessagePort. */
export function pipe(): [Port, Port] {
  const ends = [end(), end()] as const
  function end() {
    const early: unknown[] = []
    let listener: ((message: unknown) => void) | undefined
    let closed = (): void => {}
    return {
      early,
      take(message: unknown) {
        if (listener) listener(message)
        else early.push(message)
      },
      listen(next: (message: unknown) => void) {
        listener = next
        for (const message of early.splice(0)) next(message)
      },
      onClose: (run: () => void) => {
        closed = run
      },
      closed: () => closed(),
    }
  }
  let open = true
  const port = (mine: 0 | 1): Port => ({
    post(message) {
      const copy = structuredClone(message)
      setImmediate(() => open && ends[mine === 0 ? 1 : 0].take(copy))
    },
    onMessage: listener => ends[mine].listen(listener),
    onClose: listener => ends[mine].onClose(listener),
    close() {
      if (!open) return
      open = false
      for (const each of ends) each.closed()
    },
  })
  return [port(0), port(1)]
}

export interface Watched<R> {
  readonly rows: R[]
  /** Whether the first answer is here. */
  readonly ready: boolean
  readonly fault: Fault | undefined
  stop(): void
}

export class Page {
  readonly events: { name: EventName; value: unknown }[] = []
  readonly #port: Port
  readonly #asked = new Map<number, { resolve(value: unknown): void; reject(fault: Fault): void }>()
  readonly #subscriptions = new Map<number, (message: ToRenderer) => void>()
  #waiting: { condition(): boolean; resolve(): void }[] = []
  #last = 0

  constructor(connect: (port: Port) => void) {
    const [ours, theirs] = pipe()
    const mine = inTurns(ours)
    this.#port = mine
    mine.onMessage(message => {
      this.#take(ToRenderer.parse(message))
      this.#waiting = this.#waiting.filter(({ condition, resolve }) => {
        if (!condition()) return true
        resolve()
        return false
      })
    })
    connect(theirs)
  }

  #take(message: ToRenderer): void {
    if (message.t === 'event') {
      this.events.push({ name: message.name as EventName, value: message.value })
      return
    }
    const asked = this.#asked.get(message.id)
    if (asked) {
      this.#asked.delete(message.id)
      if (message.t === 'answer') asked.resolve(message.value)
      else if (message.t === 'fault') asked.reject(message.fault)
    } else this.#subscriptions.get(message.id)?.(message)
  }

  /** Rejects with the fault. */
  ask<N extends RequestName>(name: N, args: RequestArgs<N>): Promise<RequestResult<N>> {
    const id = ++this.#last
    this.#port.post({ t: 'request', id, name, args })
    return new Promise((resolve, reject) =>
      this.#asked.set(id, { resolve: resolve as (value: unknown) => void, reject }),
    )
  }

  /** The fault that a request ends in. */
  async faultOf<N extends RequestName>(name: N, args: RequestArgs<N>): Promise<Fault> {
    return this.ask(name, args).then(
      () => {
        throw new Error(`${name} was done`)
      },
      (fault: Fault) => fault,
    )
  }

  watch<N extends QueryName>(name: N, args: QueryArgs<N>): Watched<QueryRow<N>> {
    const id = ++this.#last
    const { key } = queries[name] as { key(row: unknown): string }
    let rows: unknown[] = []
    let ready = false
    let fault: Fault | undefined
    this.#subscriptions.set(id, message => {
      if (message.t === 'fault') fault = message.fault
      else if (message.t === 'snapshot') {
        rows = message.rows
        ready = true
        fault = undefined
      } else if (message.t === 'difference') {
        const byKey = new Map(rows.map(row => [key(row), row]))
        for (const row of message.put) byKey.set(key(row), row)
        for (const gone of message.drop) byKey.delete(gone)
        const order = message.order ?? rows.map(key)
        rows = order.map(each => byKey.get(each))
      }
    })
    this.#port.post({ t: 'subscribe', id, query: name, args })
    const stop = (): void => {
      this.#subscriptions.delete(id)
      this.#port.post({ t: 'unsubscribe', id })
    }
    return {
      get rows() {
        return rows as QueryRow<N>[]
      },
      get ready() {
        return ready
      },
      get fault() {
        return fault
      },
      stop,
    }
  }

  /** The latest value of a state. */
  state<N extends EventName>(name: N): EventOf<N> | undefined {
    return this.events.findLast(event => event.name === name)?.value as EventOf<N> | undefined
  }

  /** Resolves when it holds; looked at after every message. */
  until(condition: () => boolean): Promise<void> {
    if (condition()) return Promise.resolve()
    return new Promise(resolve => this.#waiting.push({ condition, resolve }))
  }

  untilSync(phase: EventOf<'sync'>['phase']): Promise<void> {
    return this.until(() => this.state('sync')?.phase === phase)
  }

  /** Resolves when nothing waits for the hub any more; asked anew, because a state may be a moment old. */
  async drained(): Promise<void> {
    const outbox = this.watch('outbox', {})
    await this.until(() => outbox.ready && outbox.rows.length === 0)
    outbox.stop()
  }

  close(): void {
    this.#port.close()
  }
}
