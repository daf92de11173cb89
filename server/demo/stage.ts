import { pgBossJobs } from '../jobs/pg-boss.ts'
import { blobsOf, openGround, secretsOf, workspaceOf } from '../main.ts'
import { type JobTable, postgresStore } from '../store/postgres/store.ts'
import type { NewJob } from '../store/store.ts'
import type { Stage } from './scene.ts'

/**
 * Opens a data folder to play on: deliveries are handed to the player, who decides how they end; what is for later (waking
 * a snoozed conversation) becomes a job as ever.
 */
export async function openStage(data: string): Promise<Stage> {
  const ground = await openGround(data)
  const workspace = await workspaceOf(ground)
  const jobs = await pgBossJobs({ database: ground.database })
  let deliveries: NewJob[] = []
  const isDelivery = ({ kind }: NewJob): boolean => kind === 'deliver'
  const table: JobTable = {
    async insert(made, run) {
      deliveries.push(...made.filter(isDelivery))
      const later = made.filter(job => !isDelivery(job))
      if (later.length > 0) await jobs.table.insert(later, run)
    },
    committed() {},
  }
  const store = await postgresStore({ database: ground.database, jobs: table })
  return {
    ...ground,
    store,
    secrets: await secretsOf(workspace.id),
    blobs: await blobsOf(ground.data),
    takeDeliveries() {
      const taken = deliveries
      deliveries = []
      return taken
    },
    async close() {
      await store.close()
      await jobs.stop()
      await ground.close()
    },
  }
}
