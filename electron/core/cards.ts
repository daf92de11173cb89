/**
 * Cards of customers from other systems, asked of the hub and kept in the replica: what was heard is there at once and without a
 * network, with its age. Nothing here ever meets a timeline, and no failure is more than a word in its own card.
 */
import type { Id } from '#shared/model/base.ts'
import { CardsStep } from '#shared/protocol/connectors.ts'
import type { Fault } from '#shared/protocol/fault.ts'
import { FaultError, fail, faultOf } from './fault-error.ts'
import type { Ground } from './ground.ts'
import { createCardStore } from './replica/cards.ts'
import { createMerged } from './replica/queries/merged.ts'
import type { Replica } from './replica/replica.ts'
import { type Fetch, json } from './sync/hub-http.ts'
import { askLines } from './sync/hub-lines.ts'
import type { Tokens } from './sync/tokens.ts'

/** Longer than the hub takes for the slowest system. Milliseconds. */
const TIMEOUT = 45_000
/** Characters of a card; see its bounds in shared/model/card.ts. */
const LONGEST = 1_000_000
/** Identities that are asked by. */
const MOST_IDENTITIES = 50
/** The hub had no connection at all: it is not asked for every customer whether it has one by now. Milliseconds. */
const NONE_FOR = 600_000
/** Between two steps of tidying. Milliseconds. */
const TIDY_EVERY = 100
/** Ahead: own open conversations, asked one by one, again after so long. Milliseconds. */
const AHEAD = { most: 30, every: 600_000, between: 2_000, fresh: 3_600_000 }

export interface CardsDeps {
  replica: Replica
  ground: Ground
  tokens: Tokens
  fetch: Fetch
  connected(): boolean
  hubNow(): number
  /** What is being asked changed; it is not a row. */
  changed(): void
  /** The database failed while nobody waited. */
  failed(error: unknown): void
}

export interface Cards {
  /** Asks anew and keeps the answer; who asks the same meanwhile waits for it. Throws FaultError. */
  ask(wanted: { customerId: Id; connectorId?: Id | undefined; anew?: boolean | undefined }): Promise<null>
  asking(customerId: Id, connectorId: Id): boolean
  /** A connection was made or changed at this desk: what was known of them no longer counts. */
  connectionsChanged(): void
  /** The hub is there: cards of one's own open conversations are fetched ahead, if there is anything to be asked. */
  ahead(): void
  stop(): void
}

export function createCards(deps: CardsDeps): Cards {
  const { replica, ground } = deps
  const { db, settings, memberships } = replica
  const store = createCardStore(db)
  const merged = createMerged(db)
  const identities = db.prepare<[Id], Id>('select id from identity where customer_id = ? order by id').pluck()
  const mine = db
    .prepare<[Id], Id>(
      `select customer_id from conversation where assignee_id = ? and status = 'open'
       order by activity_at desc limit ${AHEAD.most}`,
    )
    .pluck()
  const underWay = new Map<string, Promise<null>>()
  /** By customer: the connections that have not answered yet; null: those are not known yet. */
  const open = new Map<Id, ReadonlySet<Id> | null>()
  let noneUntil = 0
  let stopped = false
  let goingAhead = false
  let cancelAhead = (): void => {}
  let cancelTidy = (): void => {}

  const identitiesOf = (customerId: Id): Id[] =>
    merged
      .family(customerId)
      .flatMap(id => identities.all(id))
      .filter(id => memberships.visible('identity', id))
      .slice(0, MOST_IDENTITIES)

  const show = (customerId: Id, waiting: ReadonlySet<Id> | null | undefined): void => {
    if (stopped) return
    if (waiting === undefined) open.delete(customerId)
    else open.set(customerId, waiting)
    deps.changed()
  }

  const keep = (customerId: Id, step: CardsStep, identityIds: readonly Id[]): void => {
    if (stopped || step.t === 'fault') return
    replica.transaction(() => {
      if (step.t === 'connections') {
        noneUntil = step.connections.length === 0 ? ground.now() + NONE_FOR : 0
        if (JSON.stringify(step.connections) === JSON.stringify(settings.get('connections'))) return
        settings.set('connections', step.connections)
        tidy()
      } else {
        // Gone while it was asked for: nothing may be kept of them.
        const held = replica.tables.get('customer', customerId)
        const { connectorId, card, trouble } = step
        const at = card && Math.max(0, step.at - (deps.hubNow() - ground.now()))
        if (held && identityIds.every(id => replica.tables.get('identity', id)))
          store.put(customerId, connectorId, identityIds, { card, at, trouble }, ground.now())
      }
      replica.touchLocal()
    })
  }

  /** What is of a connection that is gone is shown nowhere; it goes bit by bit. */
  const tidy = (): void => {
    cancelTidy()
    cancelTidy = ground.after(TIDY_EVERY, () => {
      try {
        const ids = settings.get('connections').map(({ connectorId }) => connectorId)
        if (replica.transaction(() => store.dropOthers(ids))) tidy()
      } catch (error) {
        deps.failed(error)
      }
    })
  }

  const askNow: Cards['ask'] = async ({ customerId, connectorId, anew }) => {
    const session = await deps.tokens.fresh()
    if (!session.ok) throw new FaultError(session.fault)
    const { hubUrl, accessToken } = session.value
    const { headers, ...init } = json({
      identityIds: identitiesOf(customerId),
      ...(connectorId === undefined ? {} : { connectorId }),
      ...(anew ? { anew } : {}),
    })
    const steps = askLines(
      deps.fetch,
      `${hubUrl}/v1/customers/${encodeURIComponent(customerId)}/cards`,
      CardsStep,
      {
        ...init,
        headers: { ...headers, authorization: `Bearer ${accessToken}` },
        signal: AbortSignal.timeout(TIMEOUT),
      },
      LONGEST,
    )
    let waiting: Set<Id> | null = null
    let by: readonly Id[] = []
    for await (const step of steps) {
      if (step.t === 'fault') throw new FaultError(step.fault)
      keep(customerId, step, by)
      if (step.t === 'connections') {
        by = step.identityIds
        waiting = new Set(step.connections.map(each => each.connectorId))
        if (connectorId !== undefined) waiting = new Set([connectorId].filter(id => waiting?.has(id)))
      } else waiting?.delete(step.connectorId)
      show(customerId, waiting && new Set(waiting))
    }
    // An answer that broke off is none.
    if (waiting === null || waiting.size > 0) throw fail('hub-unreachable')
    return null
  }

  const ask: Cards['ask'] = wanted => {
    const word = JSON.stringify([wanted.customerId, wanted.connectorId ?? null])
    const running = underWay.get(word)
    if (running) return running
    if (noneUntil > ground.now()) return Promise.resolve(null)
    show(wanted.customerId, wanted.connectorId === undefined ? null : new Set([wanted.connectorId]))
    const asking = askNow(wanted).finally(() => {
      underWay.delete(word)
      show(wanted.customerId, undefined)
    })
    underWay.set(word, asking)
    return asking
  }

  /** One after the other, with a rest between; the first failure ends the round. */
  const round = async (): Promise<void> => {
    const agentId = settings.get('owner')?.agentId
    if (agentId === undefined || settings.get('connections').length === 0) return
    const due = [...new Set(mine.all(agentId).map(merged.survivor))].filter(
      id => (store.askedAt(id) ?? 0) < ground.now() - AHEAD.fresh,
    )
    for (const customerId of due) {
      if (stopped || !deps.connected()) return
      await ask({ customerId })
      await new Promise<void>(resolve => {
        cancelAhead = ground.after(AHEAD.between, resolve)
      })
    }
  }

  const ahead = (): void => {
    if (stopped || goingAhead || settings.get('connections').length === 0) return
    cancelAhead()
    goingAhead = true
    round()
      .catch((error: unknown) => {
        const reason: Fault = faultOf(error)
        if (reason.kind === 'internal' || reason.kind === 'disk-failed') deps.failed(error)
      })
      .finally(() => {
        goingAhead = false
        if (!stopped) cancelAhead = ground.after(AHEAD.every, ahead)
      })
  }

  return {
    ask,
    asking: (customerId, connectorId) => {
      const waiting = open.get(customerId)
      return waiting === null || (waiting?.has(connectorId) ?? false)
    },
    connectionsChanged() {
      noneUntil = 0
    },
    ahead,
    stop() {
      stopped = true
      cancelAhead()
      cancelTidy()
    },
  }
}
