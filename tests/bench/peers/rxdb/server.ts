// The hub's place: an endpoint with checkpoints as RxDB's documentation of HTTP replication prescribes it, in front of rows in memory.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type PeerRow, readRows, serves } from '../sync-peer.ts'

const [, , rows] = process.argv as string[]
/** Of each type its documents as they go out, by `updatedAt`, which is their place here. */
const documents = new Map(
  [...Map.groupBy(readRows(rows!), ({ type }: PeerRow) => type)].map(([type, list]) => [
    type,
    list.map(({ doc }, place) => ({ ...doc, updatedAt: place + 1, _deleted: false })),
  ]),
)
const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url!, 'http://localhost')
  const all = documents.get(pathname.slice(1)) ?? []
  const after = Number(searchParams.get('updatedAt'))
  const batch = all.slice(after, after + Number(searchParams.get('batchSize')))
  const last = batch.at(-1)
  response.setHeader('content-type', 'application/json')
  response.end(
    JSON.stringify({
      documents: batch,
      checkpoint: last ? { id: last.id, updatedAt: last.updatedAt } : { id: '', updatedAt: after },
    }),
  )
})
server.listen(0, '127.0.0.1', () => serves((server.address() as AddressInfo).port))
