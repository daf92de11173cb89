import type { Site } from './hub.ts'
import { until } from './until.ts'

/** Nothing is on its way any more: every reply is sent, or waits for a person, or for a time that was told. */
export async function settled(site: Site): Promise<void> {
  await until('every delivery has an end', async () => {
    const { rows } = await site.ground.database.pool.query<{ count: number }>(
      `select count(*) from "row" where type = 'item' and (doc->'delivery'->>'state' = 'sending'
         or (doc->'delivery'->>'state' = 'queued' and doc->'delivery'->>'nextAttemptAt' is null))`,
    )
    return rows[0]!.count === 0
  })
}
