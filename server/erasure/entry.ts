import type { Id, Instant } from '#shared/model/base.ts'
import type { Erasure } from '#shared/model/erasure.ts'
import type { Secrets } from '../auth/secrets.ts'

/** Who is erased, with what says so wherever they may come back from. */
export interface Whom {
  id: Id
  at: Instant
  customerIds: readonly Id[]
  conversationIds: readonly Id[]
  names: readonly string[]
}

const MOST = { customerIds: 200, conversationIds: 1000, names: 2000 } as const

/** An erasure as rows, each of which says by its seal that it is this hub's. */
export function rowsOf(secrets: Pick<Secrets, 'mark'>, { id, at, ...whom }: Whom): Erasure[] {
  const kinds = Object.keys(MOST) as (keyof typeof MOST)[]
  const count = Math.max(1, ...kinds.map(kind => Math.ceil(whom[kind].length / MOST[kind])))
  return Array.from({ length: count }, (_, index) => {
    const part = (kind: keyof typeof MOST): string[] =>
      [...whom[kind]].sort().slice(index * MOST[kind], (index + 1) * MOST[kind])
    const row = {
      id: index === 0 ? id : `${id}.${index + 1}`,
      at,
      customerIds: part('customerIds'),
      conversationIds: part('conversationIds'),
      names: part('names'),
    }
    return { ...row, seal: sealOf(secrets, row) }
  })
}

/** One erasure again from its rows, whatever order they come in. */
export function wholesOf(rows: readonly Erasure[]): Whom[] {
  const parts = Map.groupBy(rows, ({ id }) => id.replace(/\.\d+$/, ''))
  return [...parts].map(([id, of]) => ({
    id,
    at: of[0]!.at,
    customerIds: [...new Set(of.flatMap(({ customerIds }) => customerIds))],
    conversationIds: [...new Set(of.flatMap(({ conversationIds }) => conversationIds))],
    names: [...new Set(of.flatMap(({ names }) => names))],
  }))
}

/** Whether this hub, or one with the same key, has said so: a desk cannot have somebody erased by telling it. */
export const isSealed = (secrets: Pick<Secrets, 'mark'>, { seal, ...row }: Erasure): boolean =>
  seal === sealOf(secrets, row)

const sealOf = (
  secrets: Pick<Secrets, 'mark'>,
  { id, at, customerIds, conversationIds, names }: Omit<Erasure, 'seal'>,
): string => secrets.mark('erasure', JSON.stringify([id, at, customerIds, conversationIds, names]))

/** The name under which a message is remembered that must not come back: its own, as the store keeps it, under a key. */
export const erasedName = (secrets: Pick<Secrets, 'mark'>, name: string): string =>
  `erased:${secrets.mark('name', name)}`
