import type { EventOf, RequestArgs, RequestName, RequestResult } from '#shared/ipc/contract.ts'
import type { Diagnostics } from '#shared/ipc/diagnostics.ts'
import { quickReply } from './attention/quick-reply.ts'
import { createConnectors } from './connectors.ts'
import { createConversations } from './conversations.ts'
import { createCustomerExport } from './customer-export.ts'
import { createCustomers } from './customers.ts'
import type { Desk } from './desk.ts'
import { createErasure } from './erasure.ts'
import { FaultError, fail } from './fault-error.ts'
import type { Ground } from './ground.ts'
import { createImages } from './images.ts'
import { createTables } from './import/tables.ts'
import { createInboxes } from './inboxes.ts'
import type { Fetch } from './sync/hub-http.ts'
import { mutate } from './sync/mutate.ts'
import { endSession, signIn } from './sync/sign-in.ts'

/** Answers the contract's requests. Every failure is thrown as a FaultError. */
export type Requests = {
  [N in RequestName]: (args: RequestArgs<N>) => RequestResult<N> | Promise<RequestResult<N>>
}

export interface RequestDeps {
  /** The open desk; another one after the replica was rebuilt or forgotten. */
  desk(): Desk
  ground: Ground
  fetch: Fetch
  device: { name: string; platform: string }
  /** A step of an attempt to set up a mailbox. */
  tellStep(step: EventOf<'setUpStep'>): void
  tellChange(change: EventOf<'customersChange'>): void
  tellConversations(change: EventOf<'conversationsChange'>): void
  tellTable(progress: EventOf<'tableProgress'>): void
  /** How this desk is, for a report. */
  diagnose(): Diagnostics
  /** Removes the replica and everything with it, and opens an empty one. */
  forget(): void
  /** Somebody asked to try again what does not go: opening the replica, or reaching the hub. */
  again(): void
}

export function createRequests(deps: RequestDeps): Requests {
  const open = (): Desk => {
    const desk = deps.desk()
    const barred = desk.barred()
    if (barred) throw new FaultError(barred)
    return desk
  }
  const asking = { tokens: () => open().tokens, fetch: deps.fetch }
  const erasure = createErasure(asking)
  const customerExport = createCustomerExport(asking)
  const inboxes = createInboxes({ ...asking, tell: deps.tellStep })
  const connectors = createConnectors(asking)
  const afterwards = async <T>(changed: Promise<T>): Promise<T> => {
    const result = await changed
    open().cards.connectionsChanged()
    return result
  }
  const context = ({ connection }: Desk) => ({
    newId: deps.ground.newId,
    hubNow: connection.hubNow,
    live: () => connection.standing.offlineSince === null,
  })
  const many = { ground: deps.ground, desk: open, context }
  const customers = createCustomers({ ...many, tell: deps.tellChange })
  const conversations = createConversations({ ...many, tell: deps.tellConversations })

  const tables = createTables({ ground: deps.ground, desk: open, fetch: deps.fetch, tell: deps.tellTable })

  return {
    async signIn({ hubUrl, email, password }) {
      const numbers = deps.desk().replica.settings.get('numbers')
      const signedIn = await signIn(deps.fetch, {
        hubUrl,
        email,
        password,
        device: { id: numbers?.deviceId ?? null, ...deps.device },
      })
      if (!signedIn.ok) throw new FaultError(signedIn.fault)
      const session = signedIn.value
      const owner = deps.desk().replica.settings.get('owner')
      const waiting = deps.desk().replica.sql.outbox.count.get() ?? 0
      const another =
        owner === null
          ? (deps.desk().replica.sql.outbox.otherAgents.get(session.agentId) ?? 0) > 0
          : owner.agentId !== session.agentId || owner.hubUrl !== session.hubUrl
      if (another && waiting > 0) {
        void endSession(deps.fetch, session)
        throw fail('forbidden', { params: { waiting } })
      }
      if (another) deps.forget()
      const { replica, connection, changed, start } = deps.desk()
      const { agentId } = session
      replica.transaction(() => {
        replica.settings.set('session', session)
        replica.settings.set('owner', { hubUrl: session.hubUrl, agentId, email: session.email })
        replica.touchLocal()
      })
      connection.stop()
      start()
      changed()
      return { agentId }
    },
    async signOut({ forget }) {
      const desk = deps.desk()
      const waiting = desk.replica.sql.outbox.count.get() ?? 0
      if (waiting > 0 && !forget) throw fail('invalid', { params: { waiting } })
      const session = desk.replica.settings.get('session')
      desk.connection.stop()
      if (session) void endSession(deps.fetch, session)
      if (forget) deps.forget()
      else desk.replica.transaction(() => desk.replica.settings.set('session', null))
      deps.desk().changed()
      return null
    },
    mutate(args) {
      const desk = open()
      const result = mutate(desk.replica, args, context(desk))
      // The answer first, then what is painted, then the network.
      deps.ground.soon(() => desk.afterChange())
      return result
    },
    quickReply(args) {
      const desk = open()
      try {
        return quickReply(desk.replica, args, context(desk))
      } finally {
        deps.ground.soon(() => desk.afterChange())
      }
    },
    attachmentBegin: args => open().attachments.begin(args),
    attachmentWrite: args => open().attachments.write(args),
    attachmentFinish: args => open().attachments.finish(args),
    attachmentRead: args => open().attachments.read(args),
    draftFileRead: args => open().attachments.readOwn(args),
    remoteImage: createImages(asking),
    cards: args => open().cards.ask(args),
    connectors: connectors.list,
    connectorSetUp: wish => afterwards(connectors.setUp(wish)),
    connectorTry: connectors.try,
    connectorChange: change => afterwards(connectors.change(change)),
    erasurePreview: erasure.preview,
    erase: erasure.erase,
    customerExport: customerExport.read,
    customerExportGiveUp: customerExport.giveUp,
    customerIds: customers.ids,
    customersChange: customers.change,
    customersUndo: customers.undo,
    customersCsv: customers.csv,
    conversationIds: conversations.ids,
    conversationsChange: conversations.change,
    conversationsUndo: conversations.undo,
    tableBegin: tables.begin,
    tableWrite: tables.write,
    tableLook: tables.look,
    tableCheck: tables.check,
    tableWrong: tables.wrong,
    tablePutIn: tables.putIn,
    tableDrop: tables.drop,
    inboxes: inboxes.list,
    mailProvider: inboxes.provider,
    mailSetUp: inboxes.setUpMail,
    mailCheck: inboxes.check,
    setUpGiveUp: inboxes.giveUp,
    chatSetUp: inboxes.setUpChat,
    inboxChange: inboxes.change,
    async loadOlder({ conversationId }) {
      const result = await open().connection.older.load(conversationId)
      if (!result.ok) throw new FaultError(result.fault)
      return null
    },
    dismissRefused({ id }) {
      const { replica } = open()
      replica.transaction(() => {
        replica.sql.refused.remove.run(id)
        replica.touchLocal()
      })
      return null
    },
    dismissNotice() {
      const { replica, changed } = deps.desk()
      replica.transaction(() => replica.settings.set('notice', null))
      changed()
      return null
    },
    retryNow() {
      deps.again()
      return null
    },
    setPreferences(change) {
      const { replica, changed } = deps.desk()
      const set = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
      replica.transaction(() =>
        replica.settings.set('preferences', { ...replica.settings.get('preferences'), ...set }),
      )
      changed()
      return null
    },
    diagnostics: deps.diagnose,
    presence(args) {
      const desk = deps.desk()
      if (!desk.barred()) desk.connection.presence(args)
      return null
    },
  }
}
