import type { Id } from '#shared/model/base.ts'
import { type Key, key, type RowType } from '#shared/model/row.ts'
import type { Stream } from '#shared/model/stream.ts'
import type { Replica } from '../replica/replica.ts'
import { removeRow } from './apply.ts'
import { rebase } from './rebase.ts'

/** Rows removed in one transaction, so that no query waits long (S8). */
const SLICE = 400
/** Items looked at in one transaction: the scan itself must end soon, too. */
const LOOKED_AT = 4_000

/** What only a waiting change shows is not the stream's: taken away, it would be shown again, and the purge never end. */
const ofTheHub = (type: RowType): string =>
  `not exists (select 1 from base b where b.type = '${type}' and b.id = ${type}.id and b.doc is null)`

/** Nouns of which some are the team's, and some an agent's own. */
const ownedNouns = ['segment', 'macro', 'savedView'] as const

const workspaceNouns = ['workspace', 'agent', 'channel', 'inbox', 'tag'] as const

/**
 * Streams that are gone, or that must be fetched again: hidden at once, in one transaction, then removed in batches with
 * everything that came by them (S9, S4, S5).
 */
export interface Streams {
  /** Hides those; what is hidden stays so over a restart, until it is purged. */
  hide(streams: readonly Stream[]): void
  hidden(): Stream[]
  /** Removes one batch of a hidden stream. Returns false when there is nothing left, and the stream is forgotten. */
  purge(stream: Stream): boolean
}

export function createStreams(replica: Replica): Streams {
  const { db, sql } = replica
  const ids = (query: string) => db.prepare<[string, number], Id>(query).pluck()
  const conversations = ids('select id from conversation where inbox_id = ? limit ?')
  const drafts = ids(`select id from draft where agent_id = ? and ${ofTheHub('draft')} limit ?`)
  // What a waiting reply has used up, too: should it be refused, the hub's draft would be shown again.
  const usedUp = ids(
    `select id from base where type = 'draft' and doc ->> 'agentId' = ?
     and not exists (select 1 from draft where draft.id = base.id) limit ?`,
  )
  // So of what a word not yet sent takes back.
  const takenBack = ids(
    `select id from base where type = 'item' and doc ->> 'inboxId' = ?
     and not exists (select 1 from item where item.id = base.id) limit ?`,
  )
  const marks = ids(`select id from readMark where agent_id = ? and ${ofTheHub('readMark')} limit ?`)
  const owned = ownedNouns.map(type => ({
    type,
    own: ids(`select id from ${type} where agent_id = ? and ${ofTheHub(type)} limit ?`),
    teams: db.prepare<[], Id>(`select id from ${type} where agent_id is null and ${ofTheHub(type)}`).pluck(),
  }))
  const lookedAt = db
    .prepare<[number, number], number | null>(
      'select max(place) from (select place from item where place > ? order by place limit ?)',
    )
    .pluck()
  const itemsBetween = db.prepare<[string, number, number], { id: Id; place: number }>(
    'select id, place from item where inbox_id = ? and place > ? and place <= ? order by place',
  )
  const places = new Map<Stream, number>()

  /** Items by a scan along their places: it finds every one, whatever became of its conversation. */
  const someItems = (stream: Stream, inboxId: Id): Key[] | undefined => {
    const from = places.get(stream) ?? -1
    const to = lookedAt.get(from, LOOKED_AT)
    if (to === null || to === undefined) return undefined
    const found = itemsBetween.all(inboxId, from, to)
    const slice = found.slice(0, SLICE)
    places.set(stream, slice.length < found.length ? slice.at(-1)!.place : to)
    return slice.map(({ id }) => key('item', id))
  }

  const some = (stream: Stream): Key[] | undefined => {
    const [kind, id = ''] = split(stream)
    if (kind === 'inbox') {
      const items = someItems(stream, id)
      if (items) return items
      const rest = [
        ...takenBack.all(id, SLICE).map(each => key('item', each)),
        ...conversations.all(id, SLICE).map(each => key('conversation', each)),
      ]
      if (rest.length > 0) return rest
    } else if (kind === 'agent') {
      const rows: Key[] = [
        ...[...drafts.all(id, SLICE), ...usedUp.all(id, SLICE)].map(each => key('draft', each)),
        ...marks.all(id, SLICE).map(each => key('readMark', each)),
        ...owned.flatMap(({ type, own }) => own.all(id, SLICE).map(each => key(type, each))),
      ]
      if (rows.length > 0) return rows
    } else if (kind === 'workspace') {
      const all = workspaceNouns.flatMap(type =>
        (
          db
            .prepare(`select id from ${type} where ${ofTheHub(type)}`)
            .pluck()
            .all() as Id[]
        ).map(each => key(type, each)),
      )
      const teams = owned.flatMap(({ type, teams }) => teams.all().map(each => key(type, each)))
      if (all.length + teams.length > 0) return [...all, ...teams]
    }
    return undefined
  }

  const forget = (stream: Stream): void => {
    places.delete(stream)
    sql.stream.remove.run(stream)
    const [kind, id = ''] = split(stream)
    if (kind === 'inbox') sql.stream.showInbox.run(id)
    replica.touchEverything()
  }

  return {
    hide(streams) {
      replica.transaction(() => {
        for (const stream of streams) {
          sql.stream.hide.run(stream)
          const [kind, id = ''] = split(stream)
          if (kind === 'inbox') sql.stream.hideInbox.run(id)
        }
        replica.touchEverything()
      })
    },
    hidden: () =>
      sql.stream.all.all().flatMap(({ stream, hidden }) => (hidden === 1 ? [stream as Stream] : [])),
    purge: stream =>
      replica.transaction(() => {
        if (sql.stream.hidden.get(stream) !== 1) return false
        const home = some(stream)
        const wandering = home ? [] : replica.memberships.some(stream, SLICE)
        if (!home && wandering.length === 0) {
          forget(stream)
          return false
        }
        const going = [
          ...(home ?? []),
          ...wandering.filter(at => replica.memberships.leave(stream, at, undefined)),
        ]
        rebase(replica, {
          touched: going,
          dropped: [],
          change: rows => {
            for (const at of going) removeRow(replica, rows, at)
          },
        })
        return true
      }),
  }
}

const split = (stream: Stream): [string, string?] => {
  const colon = stream.indexOf(':')
  return colon < 0 ? [stream] : [stream.slice(0, colon), stream.slice(colon + 1)]
}
