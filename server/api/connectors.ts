/** Cards of customers for desks, and setting up where they come from (shared/protocol/connectors.ts). */
import type { FastifyInstance, FastifyReply } from 'fastify'
import { z } from 'zod'
import type { Agent } from '#shared/model/agent.ts'
import type { Id } from '#shared/model/base.ts'
import type { Customer } from '#shared/model/customer.ts'
import { streamsOfAgent } from '#shared/model/stream.ts'
import {
  CardsQuestion,
  type CardsStep,
  ConnectorChange,
  type ConnectorReport,
  type Connectors,
  ConnectorTrial,
  ConnectorWish,
  type Tried,
} from '#shared/protocol/connectors.ts'
import { fault } from '#shared/protocol/fault.ts'
import type { Secrets } from '../auth/secrets.ts'
import type { Auth } from '../auth/sign-in.ts'
import type { Bearer } from '../auth/tokens.ts'
import type { Vault } from '../auth/vault.ts'
import { type Cards, createCards } from '../connectors/cards.ts'
import {
  type Connection,
  connectionsOf,
  MOST_CONNECTIONS,
  saveConnection,
} from '../connectors/connections.ts'
import type { Connector, Subject } from '../connectors/connector.ts'
import { connectors as known } from '../connectors/index.ts'
import { settingsFrom, shownValues } from '../connectors/set-up.ts'
import { isEmail, isPhone, subjectOf } from '../connectors/subject.ts'
import { buckets } from '../limits/buckets.ts'
import { type Allowed, allowedBy } from '../outward/allowed.ts'
import type { Store } from '../store/store.ts'
import type { Log } from '../sync/ground.ts'
import { administrators } from './administrators.ts'
import { answerFault, bearerOf, parseBody } from './answers.ts'
import { answerLines } from './lines.ts'

export interface ConnectorRouteDeps {
  store: Store
  auth: Auth
  vault: Vault
  secrets: Secrets
  now(): number
  newId(): Id
  log: Log
  /** Where connections may lead; the public internet when not given. */
  connectAllowed?: Allowed | undefined
  /** For tests: systems of their own. */
  connectors?: ReadonlyMap<string, Connector> | undefined
}

/** Somebody who goes through customers quickly, and a desk that looks ahead. Of one agent. */
const RATE = { burst: 120, perSecond: 4 }
/** Trials of one administrator: each is a call that they word. */
const TRIALS = { burst: 20, perSecond: 0.5 }
/** Characters of answers that a trial shows. */
const LONGEST_SHOWN = 400_000
/** Who was merged into whom, at most so far. */
const LONGEST_CHAIN = 20

export function addConnectorRoutes(app: FastifyInstance, deps: ConnectorRouteDeps): void {
  const { store, auth } = deps
  const connectors = deps.connectors ?? known
  const cards = createCards({
    connectors,
    allowed: deps.connectAllowed ?? allowedBy(''),
    now: deps.now,
    log: deps.log,
  })
  const rate = buckets(RATE, deps.now)
  const trials = buckets(TRIALS, deps.now)

  app.post<{ Params: { customer: Id } }>('/v1/customers/:customer/cards', async (request, reply) => {
    const bearer = await bearerOf(auth, request)
    if ('fault' in bearer) return answerFault(reply, bearer.fault)
    const body = parseBody(CardsQuestion, request)
    if ('fault' in body) return answerFault(reply, body.fault)
    const wait = rate.take(bearer.value.agentId)
    if (wait > 0) return answerFault(reply, tooMany(wait))
    const [agent] = await store.read('agent', [bearer.value.agentId])
    const [customer] = agent
      ? await store.readWithin('customer', [request.params.customer], streamsOfAgent(agent))
      : []
    // Whoever may not see the customer does not even learn that there is one (I5).
    if (!agent || !customer) return answerFault(reply, fault('not-found'))
    const { identityIds, connectorId, anew = false } = body.value
    const opened = (await connectionsOf(deps)).flatMap(({ connection }) =>
      connection?.active ? [connection] : [],
    )
    const person = await personOf(store, agent, customer, opened.length > 0 ? identityIds : [])
    const [workspace] = await store.all('workspace')
    const subjectFor = (connection: Connection): Subject =>
      subjectOf(person.customers, person.identities, workspace, externalIdField(connectors, connection))
    const asked = opened.filter(({ id }) => connectorId === undefined || id === connectorId)
    return answerLines(reply, { log: deps.log, what: 'cards' }, async line => {
      const tell = (step: CardsStep): void => line(step)
      tell({
        t: 'connections',
        connections: opened.map(({ id, name }) => ({ connectorId: id, name })),
        identityIds: person.identities.map(({ id }) => id),
      })
      // Each as it is there, so that a slow one holds no other.
      await Promise.all(
        asked.map(async connection => {
          const told = await cards.ask(connection, subjectFor(connection), anew)
          tell({ t: 'card', connectorId: connection.id, ...told })
        }),
      )
    })
  })

  addSetUp(app, { ...deps, connectors, cards, mayTry: ({ agentId }) => trials.take(agentId) })
}

interface Person {
  customers: Customer[]
  identities: Awaited<ReturnType<typeof identitiesOf>>
}

const identitiesOf = (store: Store, agent: Agent, ids: readonly Id[]) =>
  store.readWithin('identity', ids, streamsOfAgent(agent))

/** The customer with those of the named identities that are theirs, or of somebody merged into them, and that the agent may see. */
async function personOf(store: Store, agent: Agent, customer: Customer, ids: readonly Id[]): Promise<Person> {
  const family = new Map<Id, Customer>([[customer.id, customer]])
  const leadsHere = async (id: Id): Promise<boolean> => {
    const way: Customer[] = []
    let at: Id | null = id
    while (at !== null && !family.has(at) && way.length < LONGEST_CHAIN) {
      const [next]: Customer[] = await store.read('customer', [at])
      if (next) way.push(next)
      at = next?.mergedInto ?? null
    }
    if (at === null || !family.has(at)) return false
    for (const each of way) family.set(each.id, each)
    return true
  }
  const identities: Person['identities'] = []
  for (const identity of await identitiesOf(store, agent, ids))
    if (await leadsHere(identity.customerId)) identities.push(identity)
  return { customers: [...family.values()], identities }
}

function externalIdField(
  connectors: ReadonlyMap<string, Connector>,
  { kind, values }: Pick<Connection, 'kind' | 'values'>,
): string {
  const connector = connectors.get(kind)
  const settings = connector?.settings.safeParse(values)
  return (settings?.success && connector?.externalIdField?.(settings.data)) || ''
}

const tooMany = (wait: number) => fault('too-many-attempts', { params: { seconds: Math.ceil(wait / 1000) } })
const invalid = (field: string) => fault('invalid', { params: { field } })

interface SetUpDeps extends ConnectorRouteDeps {
  connectors: ReadonlyMap<string, Connector>
  cards: Cards
  /** 0, or milliseconds to wait. */
  mayTry(by: Bearer): number
}

function addSetUp(app: FastifyInstance, deps: SetUpDeps): void {
  const { store, vault, cards, connectors } = deps

  const forAdministrators = administrators(deps)

  const connectionOf = async (id: Id | null): Promise<Connection | null> =>
    id === null ? null : ((await connectionsOf(deps)).find(each => each.id === id)?.connection ?? null)

  /** For the audit (S16): ids and the kind, nothing of what it says. */
  const note = (name: string, by: Bearer, facts: Record<string, string | boolean>): Promise<void> =>
    store.write(async tx =>
      tx.event({
        name,
        agentId: by.agentId,
        deviceId: by.deviceId,
        mutationId: null,
        at: deps.now(),
        keys: [],
        facts,
      }),
    )

  const reportOf = (id: Id, connection: Connection | null): ConnectorReport => {
    const connector = connection && connectors.get(connection.kind)
    if (!connector)
      return {
        connectorId: id,
        kind: '',
        name: '',
        active: false,
        values: {},
        secrets: [],
        mapping: null,
        last: null,
      }
    const { kind, name, active, mapping } = connection
    const shown = shownValues(connector, connection.values)
    return { connectorId: id, kind, name, active, mapping, ...shown, last: cards.last(connection) }
  }

  app.get(
    '/v1/connectors',
    forAdministrators(z.unknown(), async (): Promise<Connectors> => {
      const all = await connectionsOf(deps)
      return {
        kinds: [...connectors.values()].map(({ manifest }) => manifest),
        connectors: all.map(({ id, connection }) => reportOf(id, connection)),
      }
    }),
  )

  app.post(
    '/v1/connectors',
    forAdministrators(ConnectorWish, async ({ by, body, reply }) => {
      const connector = connectors.get(body.kind)
      if (!connector) return answerFault(reply, invalid('kind'))
      const before = await connectionOf(body.connectorId)
      if (body.connectorId !== null && before?.kind !== body.kind)
        return answerFault(reply, fault('not-found'))
      if (!before && (await vault.connections()).length >= MOST_CONNECTIONS)
        return answerFault(reply, fault('too-large', { params: { limit: MOST_CONNECTIONS } }))
      const settings = settingsFrom(connector, body, before)
      if (!settings.ok) return answerFault(reply, settings.fault)
      const id = before?.id ?? deps.newId()
      const { kind, name } = body
      await saveConnection(deps, id, { kind, name, active: before?.active ?? true, ...settings.value })
      await note(before ? 'connection.changed' : 'connection.added', by, { connectionId: id, kind })
      return { connectorId: id }
    }),
  )

  app.post(
    '/v1/connectors/try',
    forAdministrators(ConnectorTrial, async ({ by, body, reply }): Promise<Tried | FastifyReply> => {
      const connector = connectors.get(body.kind)
      if (!connector) return answerFault(reply, invalid('kind'))
      const wait = deps.mayTry(by)
      if (wait > 0) return answerFault(reply, tooMany(wait))
      const settings = settingsFrom(connector, body, await connectionOf(body.connectorId))
      if (!settings.ok) return answerFault(reply, settings.fault)
      const { email, phone, customerId, externalId } = body.who
      const { card, trouble, texts } = await cards.try(connector, settings.value, {
        customerId: customerId || 'x',
        emails: isEmail(email) ? [email.toLowerCase()] : [],
        phones: isPhone(phone) ? [phone] : [],
        externalIds: externalId ? [externalId] : [],
      })
      const fits = texts !== null && texts.join('').length <= LONGEST_SHOWN
      return { card, trouble, answers: fits ? texts : null }
    }),
  )

  app.post<{ Params: { connector: Id } }>(
    '/v1/connectors/:connector',
    forAdministrators(ConnectorChange, async ({ by, body, request, reply }) => {
      const { connector: id } = request.params as { connector: Id }
      const there = (await connectionsOf(deps)).find(each => each.id === id)
      if (!there) return answerFault(reply, fault('not-found'))
      if (body.kind === 'remove') {
        await vault.dropConnection(id)
        cards.forget(id)
        await note('connection.removed', by, { connectionId: id })
      } else {
        // One that cannot be opened can only be removed.
        if (!there.connection) return answerFault(reply, fault('not-found'))
        const { id: _id, revision: _revision, ...stored } = there.connection
        await saveConnection(deps, id, { ...stored, active: body.active })
        await note('connection.changed', by, { connectionId: id, active: body.active })
      }
      return reply.status(204).send()
    }),
  )
}
