// Many desks that only keep up. Given by its parent: the hub's address and tickets. Says {ready} when all are live.
import type { Ticket } from './hub.ts'
import { LightDesk } from './light-desk.ts'

const AT_ONCE = 50

process.on('message', async ({ url, tickets }: { url: string; tickets: Ticket[] }) => {
  for (let from = 0; from < tickets.length; from += AT_ONCE)
    await Promise.all(tickets.slice(from, from + AT_ONCE).map(ticket => new LightDesk(url, ticket).live))
  process.send!({ ready: true })
})
process.once('disconnect', () => process.exit(0))
