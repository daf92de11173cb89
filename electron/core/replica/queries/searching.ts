import type { SearchHit } from '#shared/queries/index.ts'
import { createSearch } from '../search.ts'
import { type Answers, plainEntry, type QueryContext, shown } from './entry.ts'

/** Full-text search (replica/search.ts), without what belongs to a lost stream (S9). */
export function searching({ replica: { db, memberships } }: QueryContext): Pick<Answers, 'search'> {
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
        const hits = search(args)
        const allowed = lost.get() === undefined ? hits : hits.filter(mayShow)
        return allowed.map(hit => plainEntry(hit.key, hit))
      },
    },
  }
}
