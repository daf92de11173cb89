/**
 * One light desk that works: keeps what it has (cursors, outbox, numbers) as a desk does, writes notes now and then, is cut off,
 * comes back and says again what was not answered. Everything by chance from one seed.
 */
import { uuidv7 } from 'uuidv7'
import type { Cursor, Envelope } from '#shared/protocol/common.ts'
import type { Ticket } from '../bench/hub.ts'
import { LightDesk, type LightPatch } from '../bench/light-desk.ts'
import type { Random } from '../bench/random.ts'

export interface WorkerOptions {
  url: string
  ticket: Ticket
  conversationId: string
  random: Random
  /** Milliseconds between two notes, and between two mishaps, about. */
  writes: number
  breaks: number
  slow: boolean
}

const SLOW = 2_000
const LONGEST_AWAY = 5_000
const GIVE_UP = 60_000

export class Worker {
  /** Notes that the hub has acknowledged. */
  readonly done: string[] = []
  /** Anything that must not happen. */
  readonly wrong: string[] = []
  readonly cursors = new Map<string, Cursor>()
  breaks = 0
  patches = 0
  readonly #options: WorkerOptions
  readonly #outbox: { envelope: Envelope; itemId: string }[] = []
  #desk: LightDesk | null = null
  #n = 0
  #confirmed = 0
  #stopped = false

  constructor(options: WorkerOptions) {
    this.#options = options
    for (const cursor of options.ticket.cursors) this.cursors.set(cursor.stream, cursor)
  }

  get waiting(): number {
    return this.#outbox.length
  }

  start(): void {
    for (const work of [this.#connected(), this.#writing(), this.#breaking()])
      work.catch(error => this.wrong.push(String(error)))
  }

  /** Writes and breaks no more; waits until nothing is in the outbox. */
  async drain(): Promise<void> {
    this.#stopped = true
    for (const end = Date.now() + GIVE_UP; this.#outbox.length > 0 && Date.now() < end; ) await pause(100)
    if (this.#outbox.length > 0) this.wrong.push(`${this.#outbox.length} changes were never answered`)
  }

  /** Connects, and again whenever the line is gone. */
  async #connected(): Promise<void> {
    const { url, ticket, random, slow } = this.#options
    for (;;) {
      const desk = new LightDesk(
        url,
        { ...ticket, cursors: [...this.cursors.values()] },
        {
          confirmed: this.#confirmed,
          ...(slow ? { slow: SLOW } : {}),
          onWelcome: () => {
            for (const { envelope } of this.#outbox) desk.push([envelope])
          },
          onPatch: patch => this.#take(patch),
        },
      )
      this.#desk = desk
      const reason = await desk.ended
      this.#desk = null
      if (/invalid|copied|gap/.test(reason)) this.wrong.push(reason)
      await pause(random.below(LONGEST_AWAY))
    }
  }

  #take({ cursors, acknowledged }: LightPatch): void {
    this.patches++
    for (const cursor of cursors) this.cursors.set(cursor.stream, cursor)
    for (const { n, id, outcome } of acknowledged) {
      this.#confirmed = Math.max(this.#confirmed, n)
      const entry = this.#outbox[0]
      if (entry?.envelope.n !== n) continue // told before, on a line that was cut
      this.#outbox.shift()
      if (entry.envelope.id !== id || outcome.kind !== 'done')
        this.wrong.push(`number ${n} was answered as ${id} ${JSON.stringify(outcome)}`)
      else this.done.push(entry.itemId)
    }
  }

  async #writing(): Promise<void> {
    const { random, writes, conversationId } = this.#options
    await pause(random.below(writes))
    while (!this.#stopped) {
      const itemId = uuidv7()
      const args = {
        id: itemId,
        conversationId,
        text: `备注 ${itemId} under load`,
        attachments: [],
        at: Date.now(),
      }
      const envelope = { n: ++this.#n, id: uuidv7(), name: 'note.add', args }
      this.#outbox.push({ envelope, itemId })
      if (this.#desk?.welcomed) this.#desk.push([envelope])
      await pause(writes / 2 + random.below(writes))
    }
  }

  async #breaking(): Promise<void> {
    const { random, breaks } = this.#options
    for (;;) {
      await pause(breaks / 2 + random.below(breaks))
      if (this.#stopped) return
      this.breaks++
      this.#desk?.cut()
    }
  }
}

const pause = (milliseconds: number): Promise<void> =>
  new Promise(resolve => setTimeout(resolve, milliseconds).unref())
