import type { SearchHit } from '#shared/queries/index.ts'
import { createSearch } from '../search.ts'
import { type Answers, plainEntry, type QueryContext, shown } from './entry.ts'

/** So many of the items that came a moment ago are found at once: a few milliseconds. */
export const LATELY = 100

/** Full-text search (replica/search.ts), without what belongs to a lost stream (S9). */
export function searching({ replica }: QueryContext): Pick<Answers, 'search'> {
  const { db, memberships } = replica
  const search = createSearch(db)
  const lost = db.prepare('select 1 from hidden_inbox limit 1')
  const visible = db.prepare<[string]>(`select 1 from item where id = ? and ${shown}`)
  const mayShow = ({ kind, itemId, customerId }: SearchHit): boolean =>
    kind === 'item' && itemId !== null
      ? visible.get(itemId) !== undefined
      : memberships.visible('customer', customerId)

  return {
    search: {
      run(args) {
        replica.indexSome(LATELY)
        const hits = search(args)
        const allowed = lost.get() === undefined ? hits : hits.filter(mayShow)
        return allowed.map(hit => plainEntry(hit.key, hit))
      },
    },
  }
}
