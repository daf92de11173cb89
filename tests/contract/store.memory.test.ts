import { memoryStore } from '../../server/store/memory/store.ts'
import { storeContract } from './store.ts'

storeContract('in-memory', async () => {
  const store = memoryStore()
  return { store, jobs: async () => store.jobs.all(), close: () => store.close() }
})
