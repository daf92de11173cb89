import type { Delivered, Inbound } from '../../server/channels/channel.ts'
import type { Random } from '../../server/demo/random.ts'
import type { VirtualTime } from './virtual-time.ts'

/** Takes a message in; null: nobody answers. */
export type Door = (inbound: Inbound) => Promise<Delivered> | null

/**
 * The customers' mail servers: each brings its message until it hears "got it", and now and then once more after that
 * (S19).
 */
export class Customers {
  /** Messages by their key: whether the hub said "got it"; `lost`: by a restore that went back behind that. */
  readonly wrote = new Map<string, { heard: boolean; lost: boolean }>()
  readonly #time: VirtualTime
  readonly #random: Random
  readonly #door: Door

  constructor(time: VirtualTime, random: Random, door: Door) {
    this.#time = time
    this.#random = random
    this.#door = door
  }

  get waiting(): string[] {
    return [...this.wrote].flatMap(([key, { heard }]) => (heard ? [] : [key]))
  }

  /** Those that must be there. */
  get taken(): string[] {
    return [...this.wrote].flatMap(([key, { heard, lost }]) => (heard && !lost ? [key] : []))
  }

  /** The hub has gone back to a time when it had only these. */
  forget(has: (key: string) => boolean): void {
    for (const [key, mail] of this.wrote) if (mail.heard && !has(key)) mail.lost = true
  }

  write(conversationId: string, inboxId: string): void {
    const key = `mail-${this.wrote.size + 1}`
    this.wrote.set(key, { heard: false, lost: false })
    void this.#bring(letter(key, conversationId, inboxId))
  }

  async #bring(inbound: Inbound): Promise<void> {
    const mail = this.wrote.get(inbound.key)!
    while (!mail.heard) {
      // A hub that dies over it never answers: the connection's end is noticed a little later.
      const silence = this.#time.pause(4_000).then(() => null)
      const answer = await Promise.race([this.#door(inbound) ?? silence, silence])
      if (answer?.ok) mail.heard = true
      else await this.#time.pause(this.#random.between(500, 3_000))
    }
    if (this.#random.next() < 0.1) void this.#door(inbound)
  }
}

const letter = (key: string, conversationId: string, inboxId: string): Inbound => ({
  inboxId,
  channel: 'email',
  key,
  identity: { channel: 'email', address: `${conversationId}@customers.example`, name: '' },
  writtenAt: null,
  subject: '',
  text: `customer ${key}`,
  quoted: '',
  html: null,
  attachments: [],
  raw: null,
  mail: null,
  thread: { ids: [conversationId], itemIds: [], subjectKey: null },
  ownItemId: null,
  deliveryReport: null,
})
