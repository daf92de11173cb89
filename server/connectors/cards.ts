/**
 * Asks other systems for cards, gently: once for all who ask the same, not again for a minute, few at a time, not at all while it said that
 * it does not want to be, and never for longer than a person waits. Kept in memory only, of this hub alone.
 */
import { createHash } from 'node:crypto'
import type { Id, Instant } from '#shared/model/base.ts'
import { Card, type CardTrouble } from '#shared/model/card.ts'
import { cardOf } from '#shared/rules/card-of.ts'
import type { Allowed } from '../outward/allowed.ts'
import { call } from '../outward/call.ts'
import type { Log } from '../sync/ground.ts'
import type { Connection } from './connections.ts'
import type { Connector, Heard, Subject } from './connector.ts'
import { createTokens, type Tokens } from './tokens.ts'

export interface CardsDeps {
  connectors: ReadonlyMap<string, Connector>
  allowed: Allowed
  now(): number
  log: Log
  limits?: Partial<CardsLimits> | undefined
}

export interface CardsLimits {
  /** Milliseconds in which a whole card must be there. */
  time: number
  /** Customers asked for at once of one connection, and those that wait for their turn. */
  atOnce: number
  waiting: number
}
const LIMITS: CardsLimits = { time: 12_000, atOnce: 4, waiting: 60 }

/** What was heard counts for so long; a person who asks anew gets what is older than a moment. Milliseconds. */
const FRESH = 60_000
const MOMENT = 3_000
/** After a failure that is not this customer's, all others are spared for so long. */
const PAUSES: Partial<Record<CardTrouble['kind'], number>> = {
  ...{ 'refused-login': 60_000, scope: 60_000, certificate: 60_000, 'not-allowed': 60_000 },
  ...{ unreachable: 10_000, slow: 10_000 },
}
const MOST_KEPT = 2_000

export interface Told {
  at: Instant
  card: Card | null
  trouble: CardTrouble | null
}

interface State {
  revision: string
  tokens: Tokens
  running: number
  turns: (() => void)[]
  pause: { until: Instant; trouble: CardTrouble } | null
  last: { at: Instant; trouble: CardTrouble | null } | null
}

export function createCards(deps: CardsDeps) {
  const { connectors, now } = deps
  const limits = { ...LIMITS, ...deps.limits }
  const states = new Map<Id, State>()
  const kept = new Map<string, Told>()
  const underWay = new Map<string, Promise<Told>>()

  const stateOf = ({ id, revision }: Pick<Connection, 'id' | 'revision'>): State => {
    const known = states.get(id)
    if (known?.revision === revision) return known
    const fresh: State = {
      revision,
      tokens: createTokens(now),
      running: 0,
      turns: [],
      pause: null,
      last: null,
    }
    states.set(id, fresh)
    return fresh
  }

  /** A failure to understand is a failure of the other system; an exception is ours. Neither goes further than the card. */
  const hear = async (
    connector: Connector,
    connection: Pick<Connection, 'values'>,
    subject: Subject,
    tokens: Tokens,
  ): Promise<Heard> => {
    const settings = connector.settings.safeParse(connection.values)
    if (!settings.success) return { kind: 'trouble', trouble: { kind: 'failed' } }
    const signal = AbortSignal.timeout(limits.time)
    try {
      return await connector.ask(subject, settings.data, {
        call: asked => call(asked, deps.allowed, signal),
        now,
        tokens,
      })
    } catch (error) {
      // Without the error itself: it may quote what was asked or answered.
      deps.log.error({ connector: connector.manifest.id, error: (error as Error).name }, 'a connector failed')
      return { kind: 'trouble', trouble: { kind: 'failed' } }
    }
  }

  const cardFrom = (heard: Heard, mapping: Connection['mapping']): Omit<Told, 'at'> => {
    if (heard.kind === 'trouble') return { card: null, trouble: heard.trouble }
    const card =
      heard.kind === 'card'
        ? heard.card
        : mapping &&
          cardOf(
            mapping,
            heard.answers.map(({ json }) => json),
          )
    const parsed = Card.safeParse(card)
    return parsed.success
      ? { card: parsed.data, trouble: null }
      : { card: null, trouble: { kind: 'not-understood' } }
  }

  /** Waits for a turn; false: too many wait already. */
  const turn = (state: State): Promise<boolean> => {
    if (state.running < limits.atOnce) {
      state.running += 1
      return Promise.resolve(true)
    }
    if (state.turns.length >= limits.waiting) return Promise.resolve(false)
    // The turn is handed over, so nobody slips in between.
    return new Promise(resolve => state.turns.push(() => resolve(true)))
  }
  const done = (state: State): void => {
    const next = state.turns.shift()
    if (next) next()
    else state.running -= 1
  }

  const askNow = async (connection: Connection, subject: Subject, word: string): Promise<Told> => {
    const connector = connectors.get(connection.kind)
    const state = stateOf(connection)
    if (!connector || !(await turn(state)))
      return { at: now(), card: null, trouble: { kind: connector ? 'busy' : 'failed' } }
    try {
      // Whoever waited for a turn may have one behind somebody whom it told to wait.
      const held = pausedBy(state)
      const heard = held ?? (await hear(connector, connection, subject, state.tokens))
      const told = { at: now(), ...cardFrom(heard, connection.mapping) }
      if (!held) note(state, told)
      kept.delete(word)
      kept.set(word, told)
      // In the order they were heard; what nobody would be given any more is not kept either.
      for (const [oldest, { at }] of kept) {
        if (kept.size <= MOST_KEPT && at > told.at - FRESH) break
        kept.delete(oldest)
      }
      return told
    } finally {
      done(state)
    }
  }

  const pausedBy = ({ pause }: State): Extract<Heard, { kind: 'trouble' }> | null =>
    pause && pause.until > now() ? { kind: 'trouble', trouble: pause.trouble } : null

  const note = (state: State, { at, trouble }: Told): void => {
    if (trouble?.kind === 'no-key') return
    state.last = { at, trouble }
    const length = trouble ? (PAUSES[trouble.kind] ?? 0) : 0
    const until = trouble?.kind === 'limited' ? (trouble.retryAt ?? at) : at + length
    state.pause = trouble && until > at ? { until, trouble } : null
  }

  return {
    /** @param anew a person asks: only what is of this moment, or a system that does not want to be asked, keeps it from being asked */
    async ask(connection: Connection, subject: Subject, anew = false): Promise<Told> {
      const word = wordOf(connection, subject)
      const running = underWay.get(word)
      if (running) return running
      const known = kept.get(word)
      const age = known ? now() - known.at : Number.POSITIVE_INFINITY
      if (known?.card && age < (anew ? MOMENT : FRESH)) return known
      const state = stateOf(connection)
      if (anew && state.pause?.trouble.kind !== 'limited' && age >= MOMENT) state.pause = null
      const asking = askNow(connection, subject, word).finally(() => underWay.delete(word))
      underWay.set(word, asking)
      return asking
    },

    /** Asks once with settings that are not saved; nothing of it is kept. */
    async try(
      connector: Connector,
      connection: Pick<Connection, 'values' | 'mapping'>,
      subject: Subject,
    ): Promise<Omit<Told, 'at'> & { texts: string[] | null }> {
      const heard = await hear(connector, connection, subject, createTokens(now))
      const texts = heard.kind === 'answers' ? heard.answers.map(({ text }) => text) : null
      return { ...cardFrom(heard, connection.mapping), texts }
    },

    /** How a connection fared last. */
    last: (connection: Connection): State['last'] => stateOf(connection).last,
    forget: (id: Id): void => void states.delete(id),
  }
}

export type Cards = ReturnType<typeof createCards>

const wordOf = ({ id, revision }: Connection, subject: Subject): string =>
  createHash('sha256')
    .update(JSON.stringify([id, revision, subject]))
    .digest('base64')
