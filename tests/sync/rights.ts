import { keyOf, type Row } from '#shared/model/row.ts'
import { type Stream, streamsOfAgent } from '#shared/model/stream.ts'
import type { Patch } from '#shared/protocol/down.ts'
import type { Store } from '../../server/store/store.ts'
import type { VirtualTime } from './virtual-time.ts'
import type { Seat } from './workspace.ts'

/** What is on its way when a right ends may still leave the hub, for so long. Milliseconds. */
const GRACE = 250

/** Who may read what, and the watch over I5 at the hub's door: nothing leaves for a desk that its agent may not see. */
export class Rights {
  /** What has left for the wrong desk, in words. */
  readonly wrong: string[] = []
  readonly #time: VirtualTime
  readonly #now = new Map<string, ReadonlySet<Stream>>()
  /** Until when a right of an agent held. */
  readonly #ended = new Map<string, number>()

  constructor(time: VirtualTime) {
    this.#time = time
  }

  /** Looks at what holds from now on. */
  async read(store: Store): Promise<void> {
    for (const agent of await store.all('agent')) {
      const streams = new Set(streamsOfAgent(agent))
      for (const stream of this.#now.get(agent.id) ?? [])
        if (!streams.has(stream)) this.#ended.set(`${agent.id} ${stream}`, this.#time.now)
      this.#now.set(agent.id, streams)
    }
  }

  watch({ agentId, name }: Seat, patch: Patch): void {
    const brought = new Map(patch.joins.map(join => [keyOf(join), join.stream]))
    for (const row of patch.rows) {
      const by = brought.get(keyOf(row))
      const home = homeOf(row)
      if (!by || !this.#may(agentId, by) || (home && !this.#may(agentId, home)))
        this.wrong.push(`${keyOf(row)} left for the desk of ${name} by ${by}`)
    }
  }

  #may(agentId: string, stream: Stream): boolean {
    if (this.#now.get(agentId)?.has(stream)) return true
    const ended = this.#ended.get(`${agentId} ${stream}`)
    return ended !== undefined && this.#time.now - ended <= GRACE
  }
}

const homeOf = (row: Row): Stream | undefined =>
  row.type === 'item' || row.type === 'conversation' ? `inbox:${row.doc.inboxId}` : undefined
