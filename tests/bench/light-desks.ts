// Many desks that only keep up: sockets that say hello with current cursors and confirm every patch. Given by its parent:
// the hub's address and tickets. Says {ready} when all are live.
import { io } from 'socket.io-client'
import parser from 'socket.io-msgpack-parser'
import type { Down } from '#shared/protocol/down.ts'
import { socketPath } from '#shared/protocol/socket.ts'
import { protocolVersion } from '#shared/protocol/version.ts'
import type { Ticket } from './hub.ts'

const AT_ONCE = 50

process.on('message', async ({ url, tickets }: { url: string; tickets: Ticket[] }) => {
  for (let from = 0; from < tickets.length; from += AT_ONCE)
    await Promise.all(tickets.slice(from, from + AT_ONCE).map(ticket => connect(url, ticket)))
  process.send!({ ready: true })
})
process.once('disconnect', () => process.exit(0))

function connect(url: string, { token, deviceId, cursors }: Ticket): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = io(url, {
      path: socketPath,
      transports: ['websocket'],
      parser,
      auth: { token },
      reconnection: false,
      forceNew: true,
    })
    socket.on('connect', () =>
      socket.emit('hello', {
        protocol: protocolVersion,
        deviceId,
        deviceEpoch: 1,
        cursors,
        pages: [],
        confirmed: 0,
      }),
    )
    socket.on('patch', ({ patch, remaining }: Down['patch']) => {
      socket.emit('stored', { patch, confirmed: 0 })
      if (remaining === 0) resolve()
    })
    socket.on('goodbye', reason => reject(new Error(JSON.stringify(reason))))
    socket.on('connect_error', reject)
  })
}
