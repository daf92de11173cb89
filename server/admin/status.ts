import { readFile } from 'node:fs/promises'
import { sql } from 'kysely'
import { z } from 'zod'
import { STATUS_AGENT, signAccess } from '../auth/tokens.ts'
import { type FolderStatus, MailboxStatus, STATUS_NOTE } from '../channels/email/imap/status.ts'
import { postgresHeld } from '../held/postgres.ts'
import { type Ground, secretsOf, servingNote, workspaceOf } from '../main.ts'

const Note = z.object({ pid: z.int(), url: z.string(), smtp: z.int().nullable() })
const Answer = z.object({ desks: z.int() })

export interface Status {
  workspace: string
  serving: { url: string; smtp: number | null; pid: number } | null
  /** Desks connected now. */
  desks: number
  /** One for each inbox: what is open there, and since when the longest has been waiting. */
  queues: { inbox: string; open: number; waiting: number; held: number; longestSince: number | null }[]
  /** Mailboxes that are watched, as the hub that holds each last said. */
  mailboxes: { inbox: string; folders: FolderStatus[] }[]
  jobs: { kind: string; waiting: number; active: number }[]
  streams: { stream: string; epoch: number; version: number; purgedThrough: number }[]
}

/** What the hub is at: from its database, and from the hub itself where one is serving. */
export async function statusOf(ground: Ground): Promise<Status> {
  const workspace = await workspaceOf(ground)
  const hub = await askHub(ground, workspace.id)
  const db = ground.database.kysely
  const queues = await sql<{ id: string; open: number; waiting: number; held: number; since: number | null }>`
    select substr(home, 7) id, count(*) filter (where open) "open",
      count(*) filter (where doc->>'waitingSince' is not null) waiting,
      coalesce(sum(json_array_length(doc->'held')), 0)::bigint held,
      min((doc->>'waitingSince')::bigint) since
    from "row" where type = 'conversation' and doc is not null group by home`.execute(db)
  const jobs = await sql<{ kind: string; waiting: number; active: number }>`
    select name kind, count(*) filter (where state < 'active') waiting, count(*) filter (where state = 'active') active
    from jobs.job where state <= 'active' group by name order by name`
    .execute(db)
    .catch(() => ({ rows: [] }))
  const streams = await db.selectFrom('stream').selectAll().orderBy('name').execute()
  const byInbox = new Map(queues.rows.map(row => [row.id, row]))
  return {
    workspace: workspace.name,
    serving: hub?.serving ?? null,
    desks: hub?.desks ?? 0,
    queues: (await ground.store.all('inbox')).map(({ id, address, name }) => {
      const row = byInbox.get(id)
      return {
        inbox: address || name,
        open: row?.open ?? 0,
        waiting: row?.waiting ?? 0,
        held: row?.held ?? 0,
        longestSince: row?.since ?? null,
      }
    }),
    mailboxes: await mailboxes(ground, hub !== null),
    jobs: jobs.rows,
    streams: streams.map(({ name, epoch, version, purged_through }) => ({
      stream: name,
      epoch,
      version,
      purgedThrough: purged_through,
    })),
  }
}

async function mailboxes(ground: Ground, serving: boolean): Promise<Status['mailboxes']> {
  const held = postgresHeld(ground.database.kysely)
  const found: Status['mailboxes'] = []
  for (const { id, address, name } of await ground.store.all('inbox')) {
    const status = MailboxStatus.safeParse(await held.note(id, STATUS_NOTE))
    if (!status.success) continue
    // A note outlives the hub that wrote it.
    const folders = status.data.folders.map(each => (serving ? each : { ...each, connectedSince: null }))
    found.push({ inbox: address || name, folders })
  }
  return found
}

/** Asks the serving hub for what only it knows. Null when none answers. */
async function askHub(ground: Ground, workspaceId: string) {
  try {
    const serving = Note.parse(JSON.parse(await readFile(servingNote(ground.data), 'utf8')))
    const secrets = await secretsOf(workspaceId)
    const token = await signAccess(
      secrets.tokenKey,
      { agentId: STATUS_AGENT, deviceId: STATUS_AGENT },
      Date.now(),
    )
    const answer = await fetch(`${serving.url}/v1/status`, {
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(5_000),
    })
    return { serving, desks: Answer.parse(await answer.json()).desks }
  } catch {
    return null
  }
}
