import type { Channel as Manifest } from '#shared/model/channel.ts'
import type { DeliveryReason } from '#shared/model/item.ts'
import type {
  Channel,
  Inbound,
  Outgoing,
  RecipientOutcome,
  SendOutcome,
} from '../../server/channels/channel.ts'
import type { Random } from '../../server/demo/random.ts'
import type { VirtualTime } from './virtual-time.ts'

/** How the post office is today. What each means for certainty is what server/channels/email/send.ts makes of real ones. */
export const moods = [
  'well',
  'refuses some', // 5xx for some recipients
  'later', // 4xx
  'away', // nobody answers the connection
  'dies in DATA',
  'dies after DATA', // taken or not, and no answer
  'silent', // never answers after DATA
] as const
export type Mood = (typeof moods)[number]

/** As long as the real channel waits for an answer is ten minutes; here a story would only be longer. */
const PATIENCE = 30_000

/**
 * The world's mail server, and the watch over I2: a letter may leave only if a person asked for it and it has not left since.
 * What it has taken stays taken, whatever becomes of the hub and its database.
 */
export class PostOffice {
  mood: Mood = 'well'
  /** Letters under way between a hub and here. */
  talking = 0
  readonly left: Letter[] = []
  /** What should never have left. */
  readonly wrong: string[] = []
  readonly #time: VirtualTime
  readonly #random: Random
  readonly #asked = new Map<string, number>()

  constructor(time: VirtualTime, random: Random) {
    this.#time = time
    this.#random = random
  }

  /** A person asks for this message to go to these once, or once more. */
  ask(itemId: string, addresses: readonly string[]): void {
    for (const address of addresses) {
      const letter = `${itemId} to ${address}`
      this.#asked.set(letter, (this.#asked.get(letter) ?? 0) + 1)
    }
  }

  /** The channel of one run of the hub. What a killed hub was saying breaks off; what was taken stays taken. */
  channel(isAlive: () => boolean): Channel {
    return {
      manifest,
      settings: { parse: () => ({}) } as unknown as Channel['settings'],
      receive: async () => ({ address: null, close: async () => undefined }),
      send: outgoing => this.#serve(outgoing, isAlive),
      conversationOf: async (inbound: Inbound) => inbound.thread.ids[0] ?? null,
    }
  }

  async #serve({ itemId, attempt }: Outgoing, isAlive: () => boolean): Promise<SendOutcome> {
    this.talking += 1
    try {
      await this.#time.pause(this.#random.between(5, 400))
      return { messageId: `${itemId}@skein.example`, recipients: await this.#talk(itemId, attempt, isAlive) }
    } finally {
      this.talking -= 1
    }
  }

  async #talk(
    itemId: string,
    addresses: readonly string[],
    isAlive: () => boolean,
  ): Promise<RecipientOutcome[]> {
    const { mood } = this
    if (mood === 'away') return addresses.map(failed('unreachable', true))
    if (mood === 'later') return addresses.map(failed('try-later', true))
    if (mood === 'dies in DATA') return addresses.map(failed('unreachable', true))
    const refused = new Set(mood === 'refuses some' ? addresses.filter(() => this.#random.next() < 0.5) : [])
    const taken = addresses.filter(address => !refused.has(address))
    const answers = mood === 'well' || mood === 'refuses some'
    if (isAlive() && (answers || this.#random.next() < 0.5)) this.#take(itemId, taken)
    await this.#time.pause(mood === 'silent' ? PATIENCE : this.#random.between(5, 400))
    return addresses.map(address => {
      if (refused.has(address)) return failed('refused', false)(address)
      if (answers) return { address, state: 'sent' }
      return { address, state: 'uncertain', reason: { kind: 'no-answer', detail: '' } }
    })
  }

  #take(itemId: string, addresses: readonly string[]): void {
    for (const address of addresses) {
      const letter = { itemId, address, at: this.#time.now }
      const before = this.left.filter(each => each.itemId === itemId && each.address === address).length
      const asked = this.#asked.get(`${itemId} to ${address}`) ?? 0
      this.left.push(letter)
      if (before >= asked)
        this.wrong.push(
          asked === 0
            ? `${itemId} left for ${address} although nobody asked for it`
            : `${itemId} left for ${address} ${before + 1} times, asked for ${asked}`,
        )
    }
  }
}

interface Letter {
  itemId: string
  address: string
  at: number
}

const failed =
  (kind: DeliveryReason['kind'], retryable: boolean) =>
  (address: string): RecipientOutcome => ({
    address,
    state: 'failed',
    reason: { kind, detail: '' },
    retryable,
  })

export const manifest: Manifest = {
  id: 'email',
  family: 'email',
  label: { en: 'Email', zh: '邮件' },
  can: {
    subject: true,
    copy: true,
    attachments: true,
    html: true,
    deliveryReceipts: false,
    readReceipts: false,
  },
  limits: { textCharacters: 100_000, attachmentBytes: 1_000_000, attachments: 10 },
  replyWindow: null,
}
