// Many desks that only keep up. Given by its parent: the hub's address and tickets; says 'ready' when all are live, and then,
// asked for 'messages', how many they have had.
import type { Ticket } from './hub.ts'
import { LightDesk } from './light-desk.ts'

const AT_ONCE = 50
const desks: LightDesk[] = []

process.on('message', async (asked: 'messages' | { url: string; tickets: Ticket[] }) => {
  if (asked === 'messages') {
    process.send!(desks.reduce((sum, { messages }) => sum + messages, 0))
    return
  }
  const { url, tickets } = asked
  for (let from = 0; from < tickets.length; from += AT_ONCE) {
    const some = tickets.slice(from, from + AT_ONCE).map(ticket => new LightDesk(url, ticket))
    desks.push(...some)
    await Promise.all(some.map(({ live }) => live))
  }
  process.send!('ready')
})
process.once('disconnect', () => process.exit(0))
