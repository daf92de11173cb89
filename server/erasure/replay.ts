/**
 * Who was erased stays erased (I9, S5). A hub that begins reads its ledger and erases again whoever its database still has, because a
 * backup was put back or the hub died in the middle; so does one whom a desk tells of an erasure that it does not know. Only what is
 * sealed by this hub's key counts: nobody is erased because a desk says so.
 */
import type { Erasure } from '#shared/model/erasure.ts'
import type { Log } from '../sync/ground.ts'
import { isSealed, wholesOf } from './entry.ts'
import { type EraseDeps, erase } from './erase.ts'

/** Before anybody is served. Answers how many erasures the database did not have. */
export async function replayLedger(deps: EraseDeps & { log: Log }): Promise<number> {
  const known = await deps.ledger.all()
  const done = await again(deps, known)
  // Erased by another hub of this database, or before this file was there.
  const written = new Set(known.map(({ id }) => id))
  for (let after: string | undefined; ; ) {
    const rows = await deps.store.all('erasure', after, 500)
    const missing = rows.filter(({ id }) => !written.has(id))
    if (missing.length > 0) await deps.ledger.add(missing)
    if (rows.length < 500) return done
    after = rows.at(-1)!.id
  }
}

/** Erases again whom these say. Answers how many erasures there were that the database did not have. */
export async function again(deps: EraseDeps & { log: Log }, told: readonly Erasure[]): Promise<number> {
  const ours = told.filter(row => isSealed(deps.secrets, row))
  if (ours.length < told.length)
    deps.log.warn(
      { erasures: told.length - ours.length },
      'erasures without the seal of this hub are passed over',
    )
  const there = new Set(
    (await deps.store.read('erasure', [...new Set(ours.map(({ id }) => id))])).map(({ id }) => id),
  )
  const missing = new Set(ours.filter(({ id }) => !there.has(id)).map(({ id }) => id.replace(/\.\d+$/, '')))
  const wholes = wholesOf(ours).filter(({ id }) => missing.has(id))
  for (const whom of wholes) {
    await erase(deps, whom, { by: null, reason: null })
    deps.log.info({ erasure: whom.id }, 'erased again')
  }
  return wholes.length
}
