import pg from 'pg'
import { type Cluster, urlOf } from './cluster.ts'
import { connectionConfig } from './connection.ts'
import { codeOf } from './trouble.ts'

/** Milliseconds. A server that was killed under load reads its log again before it answers. */
export const PATIENCE = 120_000

/** Whether the server at a port is that of this cluster: it knows our password and says where it lives. */
export async function probe(cluster: Cluster, port: number): Promise<'ours' | 'not-ours' | 'no-answer'> {
  const config = { ...connectionConfig(urlOf(cluster, port)), connectionTimeoutMillis: 5000 }
  const client = new pg.Client(config)
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query<{ folder: string }>(`select current_setting('data_directory') folder`)
    return rows[0]?.folder === cluster.cluster.replaceAll('\\', '/') ? 'ours' : 'not-ours'
  } catch (error) {
    // Starting, stopping, or gone a moment ago.
    const code = codeOf(error)
    return code === '' || /^(57P0\d|E[A-Z]+)$/.test(code) ? 'no-answer' : 'not-ours'
  } finally {
    await client.end().catch(() => undefined)
  }
}
