import type { z } from 'zod'
import type { Agent, Role } from '../model/agent.ts'
import type { Id, Instant } from '../model/base.ts'
import type { Draft, DraftKind } from '../model/draft.ts'
import type { HoldReason } from '../model/hold.ts'
import type { Attachment } from '../model/item.ts'
import type { Doc, Key, RowType } from '../model/row.ts'

/**
 * The rows an effect may look at and change: those its mutation declared in `reads`. To get, change or remove any other
 * throws, because an undeclared read would make desk and hub differ; only a row that is new may be put undeclared.
 */
export interface Rows {
  get<T extends RowType>(type: T, id: Id): Doc<T> | undefined
  put<T extends RowType>(type: T, doc: Doc<T>): void
  remove(type: RowType, id: Id): void
}

/**
 * The nouns that effects may change. All others (agents, inboxes ...) they only read: a thousand replies that look at one
 * inbox do not depend on one another by it.
 */
export const writable: ReadonlySet<RowType> = new Set<RowType>([
  'conversation',
  'item',
  'draft',
  'readMark',
  'tag',
  'segment',
  'savedView',
  'macro',
  'customer',
  'workspace',
])

/** What an effect knows besides rows and arguments. No clock and no random of its own. */
export interface Context {
  at: 'desk' | 'hub'
  /** The hub's time on the hub; the desk's best estimate of it on the desk. */
  now: Instant
  agent: Agent
  mutationId: Id
}

export type RefusalCode =
  | 'not-found' // the row is not there, or not for this agent
  | 'exists' // a row with this id is there already
  | 'taken' // somebody else has it; params.agentId says who
  | 'forbidden'
  | 'invalid' // the arguments do not fit the schema or each other
  | 'changed' // somebody changed it to something else, unseen by the author; params.field, and params.agentId says who
  | 'wrong-value' // a value that its field does not take; params.problem says why (FieldProblem)
  | 'not-possible' // the row is in a state that has no such change
  | 'mail-has-no-recipient'
  | 'unknown-mutation' // this hub does not know the name (S14)
  | 'to-the-customer' // what is said beside a conversation never goes to its customer
  | 'on-its-way' // it has left, or may have: it cannot be taken back
  | 'internal' // an error of ours; stored so that it cannot block the device (S12)

/** What became of a mutation. Undefined is done. */
export type Verdict =
  | undefined
  | { kind: 'refused'; code: RefusalCode; params?: Record<string, string> }
  | { kind: 'held'; reasons: HoldReason[] }

export const refuse = (code: RefusalCode, params?: Record<string, string>): Verdict =>
  params ? { kind: 'refused', code, params } : { kind: 'refused', code }

/** What a person typed, handed back to them as a draft when the mutation is refused (S13). */
export interface Words {
  conversationId: Id
  kind: DraftKind
  text: string
  /** The files that went with them. Absent: none. */
  attachments?: Attachment[]
  /** What else its draft holds. */
  draft?: Partial<Pick<Draft, 'cc' | 'bcc' | 'forward' | 'rich' | 'side'>>
}

/**
 * One change that anyone can make: intent, not rows (S10). The same definition runs on the desk at once and on the hub for
 * good.
 */
export interface Mutation<Name extends string = string, Args = unknown> {
  name: Name
  args: z.ZodType<Args>
  /** The roles that may ask for it at all. Whether the agent may touch the very rows is checked per stream by the hub. */
  roles: readonly Role[]
  /** Every key the effect looks at or touches, from the arguments alone. */
  reads(args: NoInfer<Args>, by: { agentId: Id; mutationId: Id }): Key[]
  effect(rows: Rows, args: NoInfer<Args>, context: Context): Verdict
  /**
   * Nouns among its reads that others write and it never does: a thousand customers tagged alike do not depend on one another by
   * the tag.
   */
  onlyReads?: readonly RowType[]
  /**
   * Of two unsent mutations with the same value here the later replaces the earlier, so that typing does not fill the
   * outbox.
   */
  coalesce?(args: NoInfer<Args>): string
  /** It takes an unsent one back, whatever else was asked for in between. */
  withdraws?: true
  /** @param refused the code; absent: it only waits */
  words?(args: NoInfer<Args>, refused?: string): Words | undefined
  /** What the author's desk keeps beside a refusal besides words: whom it was about, and what to offer again. */
  keeps?(args: NoInfer<Args>): Record<string, string>
  /** Hashes of attachments that must be on the hub first (S11). */
  needs?(args: NoInfer<Args>): string[]
}

export const everyone: readonly Role[] = ['agent', 'supervisor', 'administrator']
export const leads: readonly Role[] = ['supervisor', 'administrator']

/** Gives a definition its types; the registry collects them. */
export const define = <const Name extends string, Args>(
  mutation: Mutation<Name, Args>,
): Mutation<Name, Args> => mutation
