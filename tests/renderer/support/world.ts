// Rows in memory and what every live query says of them: enough of a core to picture and test the renderer without a hub. Mutations
// run the real effects of shared/; nothing is ever confirmed by anybody, so what it shows after one is what an offline desk shows.
import { type Draft, draftId } from '#shared/model/draft.ts'
import type { DeliveryState } from '#shared/model/item.ts'
import { readMarkId, readTo } from '#shared/model/read-mark.ts'
import { type Doc, keyOf, type RowType } from '#shared/model/row.ts'
import { mutationNamed } from '#shared/mutations/index.ts'
import { RowsInMemory } from '#shared/mutations/rows-in-memory.ts'
import type {
  Alert,
  ConversationLine,
  CustomerCard,
  MergeSuggestion,
  OutboxEntry,
  QueryArgs,
  QueryName,
  QueryRow,
  RefusedEntry,
  View,
} from '#shared/queries/index.ts'
import { lastHeard } from '#shared/rules/last-heard.ts'
import { answers } from './world-answers.ts'

export class World {
  readonly rows = new RowsInMemory()
  outbox: OutboxEntry[] = []
  refused: RefusedEntry[] = []
  /** Whom a core would suggest as the same person as anybody else. */
  suggestions: MergeSuggestion[] = []
  /** What a core would say wants attention. */
  alerts: Alert[] = []
  /** What other systems say about anybody. */
  cards: CustomerCard[] = []
  /** Items this desk has shown and the hub has not confirmed. */
  readonly pending = new Set<string>()
  coverageFrom = new Map<string, number>()
  readonly agentId: string
  #lastMutation = 0
  readonly #now: () => number

  constructor(agentId: string, now: () => number) {
    this.agentId = agentId
    this.#now = now
  }

  put<T extends RowType>(type: T, ...docs: Doc<T>[]): this {
    for (const doc of docs) this.rows.docs.set(keyOf({ type, id: doc.id }), doc)
    return this
  }

  all<T extends RowType>(type: T): Doc<T>[] {
    const prefix = keyOf({ type, id: '' })
    return [...this.rows.docs].flatMap(([key, doc]) => (key.startsWith(prefix) ? [doc as Doc<T>] : []))
  }

  one<T extends RowType>(type: T, id: string): Doc<T> | undefined {
    return this.rows.docs.get(keyOf({ type, id })) as Doc<T> | undefined
  }

  /** Runs a mutation's real effect. @returns the verdict's kind */
  mutate(name: string, given: unknown): { mutationId: string; verdict: 'done' | 'held' | 'refused' } {
    const before = new Map(this.rows.docs)
    const { mutation, args, mutationId, verdict } = this.#run(name, given, this.agentId)
    if (verdict?.kind === 'refused') return { mutationId, verdict: 'refused' }
    for (const [key, doc] of this.rows.docs)
      if (key.startsWith(keyOf({ type: 'item', id: '' })) && !before.has(key))
        this.pending.add((doc as { id: string }).id)
    const words = mutation.words?.(args)
    const conversationId = (args as { conversationId?: string }).conversationId ?? null
    const same = mutation.coalesce?.(args)
    this.outbox = [
      ...this.outbox.filter(entry => same === undefined || entry.preview !== same),
      {
        id: mutationId,
        name,
        conversationId,
        customerId: this.customerOf(conversationId),
        itemId: (args as { id?: string }).id ?? null,
        customerName: this.customerName(conversationId),
        preview: words?.text.slice(0, 200) ?? '',
        writtenAt: this.#now(),
        waitsFor: 'network',
        behind: null,
        upload: null,
      },
    ]
    return { mutationId, verdict: verdict?.kind === 'held' ? 'held' : 'done' }
  }

  /** What a colleague did has come from the hub. */
  did(agentId: string, name: string, given: unknown): this {
    this.#run(name, given, agentId)
    return this
  }

  #run(name: string, given: unknown, agentId: string) {
    const mutation = mutationNamed(name)
    if (!mutation) throw new Error(`no mutation ${name}`)
    const args = mutation.args.parse(given)
    const agent = this.one('agent', agentId)!
    const mutationId = `mutation-${++this.#lastMutation}`
    this.rows.declare(mutation.reads(args, { agentId, mutationId }))
    const verdict = mutation.effect(this.rows, args, { at: 'desk', now: this.#now(), agent, mutationId })
    return { mutation, args, mutationId, verdict }
  }

  /** Everybody who is one person with this customer, the survivor first. */
  family(id: string): string[] {
    const survivor = (of: string): string => {
      const into = this.one('customer', of)?.mergedInto
      return into ? survivor(into) : of
    }
    const person = survivor(id)
    const others = this.all('customer').flatMap(each =>
      each.id !== person && survivor(each.id) === person ? [each.id] : [],
    )
    return [person, ...others]
  }

  customerOf(conversationId: string | null): string | null {
    return (
      (conversationId === null ? undefined : this.one('conversation', conversationId)?.customerId) ?? null
    )
  }

  customerName(conversationId: string | null): string {
    const id = this.customerOf(conversationId)
    return (id === null ? undefined : this.one('customer', id)?.name) ?? ''
  }

  /** Something that waits, with what it says about a conversation filled in. */
  waits(entry: Partial<OutboxEntry> & Pick<OutboxEntry, 'name'>): this {
    const conversationId = entry.conversationId ?? null
    this.outbox = [
      ...this.outbox,
      {
        id: `waiting-${this.outbox.length + 1}`,
        conversationId,
        customerId: this.customerOf(conversationId),
        itemId: null,
        customerName: this.customerName(conversationId),
        preview: '',
        writtenAt: this.#now(),
        waitsFor: 'network',
        behind: null,
        upload: null,
        ...entry,
      },
    ]
    return this
  }

  lines(view: View, inboxId: string | null): ConversationLine[] {
    const failed = this.#inState('failed')
    const uncertain = this.#inState('uncertain')
    return this.all('conversation')
      .filter(each => inboxId === null || each.inboxId === inboxId)
      .filter(({ id, status, assigneeId, waitingSince, held }) => {
        switch (view) {
          case 'mine':
            return status === 'open' && assigneeId === this.agentId
          case 'unassigned':
            return status === 'open' && assigneeId === null
          case 'open':
            return status === 'open'
          case 'waiting':
            return status === 'open' && waitingSince === null
          case 'snoozed':
            return status === 'snoozed'
          case 'closed':
            return status === 'closed'
          case 'held':
            return held.length > 0
          case 'mentioned':
            return this.all('item').some(
              ({ conversationId, mentions }) => conversationId === id && mentions?.includes(this.agentId),
            )
        }
        return false
      })
      .map(conversation => {
        const customer = this.one('customer', conversation.customerId)
        const mark = this.one('readMark', readMarkId(this.agentId, conversation.id))
        return {
          conversation,
          customerName: customer?.name ?? '',
          customerTier: customer?.tier ?? '',
          unread: lastHeard(conversation) > (mark ? readTo(mark) : 0),
          hasDraft: [this.one('draft', draftId(this.agentId, conversation.id, 'reply'))].some(
            draft => draft !== undefined && this.stands(draft),
          ),
          notSent: failed.get(conversation.id) ?? 0,
          uncertain: uncertain.get(conversation.id) ?? 0,
          waitingToSend: this.outbox.filter(
            entry => entry.conversationId === conversation.id && entry.name.startsWith('reply.'),
          ).length,
        }
      })
  }

  /** A draft that was written together is spent when its pen is not its item's any more. */
  stands({ shared }: Draft): boolean {
    return shared === undefined || this.one('item', shared.itemId)?.draft?.pen === shared.pen
  }

  /** How many messages of each conversation are so. */
  #inState(state: DeliveryState): Map<string, number> {
    const counts = new Map<string, number>()
    for (const { conversationId, delivery } of this.all('item'))
      if (delivery?.state === state) counts.set(conversationId, (counts.get(conversationId) ?? 0) + 1)
    return counts
  }

  /** What a live query says now. */
  ask<N extends QueryName>(name: N, args: QueryArgs<N>): QueryRow<N>[] {
    return (answers[name] as (world: World, args: unknown) => QueryRow<N>[])(this, args)
  }
}
