import type { Down } from '#shared/protocol/down.ts'
import type { Up } from '#shared/protocol/up.ts'
import type { Replica } from '../replica/replica.ts'
import { agreeNumbers, BATCH, batchAfter, giveNumbers, numberAnew } from './outbox.ts'

/**
 * Unanswered mutations on their way, at most: so many that the hub's answers to a long outbox come many at a time, because every
 * answer makes the desk do again what still waits on the same conversations.
 */
const UNDER_WAY = 10 * BATCH
/** Unanswered pushes, at most: large ones are few mutations each, and the hub takes no more than 64. */
const PUSHES = 20
/** Refused pushes after which a connection is given up and made anew. */
const MOST_REFUSALS = 5

/** Sends the outbox over one connection, in order of numbers (S11, S12). */
export interface Pushing {
  /** The connection is made: agrees on numbers. Everything above `lastN` is to be sent, again where it was sent before. */
  begin(deviceId: string, welcome: Down['welcome'], connectedAt: number): void
  /** The hub told its streams again over the same connection. */
  agree(deviceId: string, welcome: Down['welcome']): void
  /** Sends what may be sent now. */
  pump(send: (push: Up['push']) => void): void
  answered(patch: Down['patch']): void
  /** @returns whether the connection may go on */
  refused(refusal: Down['pushRefused']): boolean
}

export function createPushing(replica: Replica): Pushing {
  const { settings, sql } = replica
  let connectedAt = 0
  let sentThrough = 0
  let answeredThrough = 0
  let refusals = 0
  /** The last number of each push that is not answered yet. */
  let pushes: number[] = []

  return {
    begin(deviceId, welcome, at) {
      agreeNumbers(replica, deviceId, welcome)
      connectedAt = at
      sentThrough = answeredThrough = welcome.lastN
      pushes = []
      refusals = 0
    },
    agree: (deviceId, welcome) => agreeNumbers(replica, deviceId, welcome),
    pump(send) {
      const numbers = settings.get('numbers')
      while (numbers && sentThrough - answeredThrough < UNDER_WAY && pushes.length < PUSHES) {
        let batch = batchAfter(replica, sentThrough)
        if (batch.length === 0) {
          if (sql.outbox.any.get() === undefined) return
          giveNumbers(replica, connectedAt, BATCH)
          batch = batchAfter(replica, sentThrough)
        }
        const last = batch.at(-1)
        if (!last) return
        send({ deviceEpoch: numbers.epoch, mutations: batch })
        sentThrough = last.n
        pushes.push(last.n)
      }
    },
    answered({ acknowledged }) {
      for (const { n } of acknowledged) answeredThrough = Math.max(answeredThrough, n)
      pushes = pushes.filter(n => n > answeredThrough)
    },
    refused({ kind, expected }) {
      refusals += 1
      const numbers = settings.get('numbers')
      if (kind === 'wrong-epoch' || refusals > MOST_REFUSALS || !numbers) return false
      const isThere = batchAfter(replica, expected - 1)[0]?.n === expected
      if (kind === 'copied' || !isThere) numberAnew(replica, { ...numbers, next: expected })
      sentThrough = expected - 1
      answeredThrough = Math.min(answeredThrough, sentThrough)
      pushes = []
      return true
    },
  }
}
