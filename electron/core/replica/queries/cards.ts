import { createCardStore } from '../cards.ts'
import { type Answers, plainEntry, type QueryContext } from './entry.ts'
import { createMerged } from './merged.ts'

/** A customer's cards as they are kept, one for every connection, and what is being asked. */
export function cards(context: QueryContext): Pick<Answers, 'cards'> {
  const { db, settings, memberships } = context.replica
  const store = createCardStore(db)
  const merged = createMerged(db)
  const identities = db.prepare<[string], string>('select id from identity where customer_id = ?').pluck()
  return {
    cards: {
      run({ customerId }) {
        const family = merged.family(customerId)
        const ids = new Set(
          family.flatMap(id => identities.all(id)).filter(id => memberships.visible('identity', id)),
        )
        return settings.get('connections').map(({ connectorId, name }) => {
          const kept = store.read(customerId, connectorId, ids)
          const asking = context.asking?.(customerId, connectorId) ?? false
          const { card = null, at = null, trouble = null } = kept ?? {}
          return plainEntry(connectorId, { connectorId, name, card, at, trouble, asking })
        })
      },
    },
  }
}
