import type { Database, Statement } from 'better-sqlite3'
import type { Id } from '#shared/model/base.ts'
import type { RowType } from '#shared/model/row.ts'

export interface OutboxRow {
  seq: number
  id: Id
  agent_id: Id
  name: string
  args: string
  at: number
  n: number | null
  coalesce_as: string | null
}

export interface BaseRow {
  rev: number
  doc: string | null
}

export interface StreamRow {
  stream: string
  epoch: number
  version: number
  page: string | null
  hidden: 0 | 1
}

export interface UploadRow {
  sha256: string
  name: string
  type: string
  size: number
  sent: number
  url: string | null
  done: 0 | 1
  fault: string | null
}

export interface RefusedRow {
  id: Id
  name: string
  code: string
  params: string
  conversation_id: Id | null
  preview: string
  at: number
}

interface KeyRow {
  type: RowType
  id: Id
}

/** Every statement that does not belong to a noun's table or to one query, prepared once. */
export function prepareStatements(db: Database) {
  const run = <P extends unknown[]>(sql: string): Statement<P> => db.prepare<P>(sql)
  const get = <P extends unknown[], R>(sql: string): Statement<P, R> => db.prepare<P, R>(sql)
  const one = <P extends unknown[], R>(sql: string): Statement<P, R> => db.prepare<P, R>(sql).pluck()

  return {
    setting: {
      read: one<[string], string>('select value from setting where name = ?'),
      write: run<[string, string]>(
        'insert into setting values (?, ?) on conflict do update set value = excluded.value',
      ),
      remove: run<[string]>('delete from setting where name = ?'),
    },
    stream: {
      all: get<[], StreamRow>('select * from stream order by stream'),
      cursor: run<[string, number, number]>(
        `insert into stream (stream, epoch, version, page) values (?, ?, ?, '')
         on conflict do update set epoch = excluded.epoch, version = excluded.version`,
      ),
      page: run<[string | null, string]>('update stream set page = ? where stream = ?'),
      hide: run<[string]>(
        `insert into stream (stream, epoch, version, hidden) values (?, 0, 0, 1)
         on conflict do update set hidden = 1, page = null`,
      ),
      hidden: one<[string], 0 | 1>('select hidden from stream where stream = ?'),
      remove: run<[string]>('delete from stream where stream = ?'),
      hideInbox: run<[Id]>('insert or ignore into hidden_inbox values (?)'),
      showInbox: run<[Id]>('delete from hidden_inbox where inbox_id = ?'),
    },
    membership: {
      add: run<[string, RowType, Id]>('insert or ignore into membership values (?, ?, ?)'),
      remove: run<[string, RowType, Id]>('delete from membership where stream = ? and type = ? and id = ?'),
      forget: run<[RowType, Id]>('delete from membership where type = ? and id = ?'),
      any: one<[RowType, Id], 1>('select 1 from membership where type = ? and id = ? limit 1'),
      ofStream: get<[string, number], KeyRow>('select type, id from membership where stream = ? limit ?'),
      visible: one<[RowType, Id], 1>(
        `select 1 from membership m where m.type = ? and m.id = ?
         and not exists (select 1 from stream s where s.stream = m.stream and s.hidden = 1) limit 1`,
      ),
    },
    coverage: {
      read: one<[Id], number>('select from_seq from coverage where conversation_id = ?'),
      write: run<[Id, number]>(
        'insert into coverage values (?, ?) on conflict do update set from_seq = min(from_seq, excluded.from_seq)',
      ),
      remove: run<[Id]>('delete from coverage where conversation_id = ?'),
      /** Among the items of its customer: asked too seldom for an index of its own, which every item would have to pay for. */
      lowest: one<[Id], number | null>(
        `select min(i.seq) from conversation c join item i on i.customer_id = c.customer_id and i.conversation_id = c.id
         where c.id = ?`,
      ),
      missing: one<[], Id>(
        `select id from conversation c
         where not exists (select 1 from coverage where conversation_id = c.id) order by activity_at desc`,
      ),
    },
    total: {
      read: one<[string], number>('select n from total where type = ?'),
      add: run<[string, number]>(
        'insert into total values (?, ?) on conflict do update set n = n + excluded.n',
      ),
    },
    base: {
      all: get<[], BaseRow & KeyRow>('select type, id, rev, doc from base'),
      read: get<[RowType, Id], BaseRow>('select rev, doc from base where type = ? and id = ?'),
      write: run<[RowType, Id, number, string | null]>('insert into base values (?, ?, ?, ?)'),
      remove: run<[RowType, Id]>('delete from base where type = ? and id = ?'),
      has: one<[RowType, Id], 1>('select 1 from base where type = ? and id = ?'),
    },
    outbox: {
      add: run<[Id, Id, string, string, number, string | null]>(
        'insert into outbox (id, agent_id, name, args, at, coalesce_as) values (?, ?, ?, ?, ?, ?)',
      ),
      bySeq: get<[number], OutboxRow>('select * from outbox where seq = ?'),
      byId: get<[Id], OutboxRow>('select * from outbox where id = ?'),
      all: get<[number], OutboxRow>('select * from outbox order by seq limit ?'),
      any: one<[], 1>('select 1 from outbox limit 1'),
      count: one<[], number>('select count(*) from outbox'),
      unnumbered: get<[number], OutboxRow>('select * from outbox where n is null order by seq limit ?'),
      numberedAfter: get<[number, number], OutboxRow>('select * from outbox where n > ? order by n limit ?'),
      numberedSpan: get<[number], { count: number; lowest: number | null }>(
        'select count(*) as count, min(n) as lowest from outbox where n > ?',
      ),
      unsent: get<[string], OutboxRow>(
        'select * from outbox where coalesce_as = ? and n is null order by seq desc limit 1',
      ),
      number: run<[number, string, number]>('update outbox set n = ?, args = ? where seq = ?'),
      unnumber: run<[]>('update outbox set n = null'),
      remove: run<[number]>('delete from outbox where seq = ?'),
      addKey: run<[RowType, Id, number]>('insert or ignore into outbox_key values (?, ?, ?)'),
      keys: get<[number], KeyRow>('select type, id from outbox_key where seq = ?'),
      keysOf: get<[Id], KeyRow>(
        'select k.type, k.id from outbox o join outbox_key k on k.seq = o.seq where o.id = ?',
      ),
      /** How many of them have this conversation among their keys. */
      above: one<[Id], number>("select count(*) from outbox_key where type = 'conversation' and id = ?"),
      touching: one<[RowType, Id], number>('select seq from outbox_key where type = ? and id = ?'),
      touchingAfter: one<[RowType, Id, number], 1>(
        'select 1 from outbox_key where type = ? and id = ? and seq > ? limit 1',
      ),
      removeKeys: run<[number]>('delete from outbox_key where seq = ?'),
      otherAgents: one<[Id], number>('select count(*) from outbox where agent_id <> ?'),
    },
    refused: {
      add: run<[Id, string, string, string, Id | null, string, number]>(
        'insert or replace into refused values (?, ?, ?, ?, ?, ?, ?)',
      ),
      all: get<[], RefusedRow>('select * from refused order by at desc'),
      count: one<[], number>('select count(*) from refused'),
      remove: run<[Id]>('delete from refused where id = ?'),
    },
    blob: {
      touch: run<[string, number, number]>(
        'insert into blob values (?, ?, ?) on conflict do update set used_at = excluded.used_at',
      ),
      read: get<[string], { size: number }>('select size from blob where sha256 = ?'),
      remove: run<[string]>('delete from blob where sha256 = ?'),
      /** Its file is removed at the next tidying (blobs.ts). */
      forget: run<[string]>('update blob set used_at = -1 where sha256 = ?'),
      size: one<[], number | null>('select sum(size) from blob'),
      all: one<[], string>('select sha256 from blob'),
      oldest: get<[], { sha256: string; size: number; used_at: number }>(
        `select b.sha256, b.size, b.used_at from blob b where not exists
         (select 1 from upload u where u.sha256 = b.sha256 and u.done = 0) order by used_at limit 1`,
      ),
    },
    upload: {
      add: run<[string, string, string, number]>(
        'insert or ignore into upload (sha256, name, type, size) values (?, ?, ?, ?)',
      ),
      read: get<[string], UploadRow>('select * from upload where sha256 = ?'),
      next: get<[], UploadRow>('select * from upload where done = 0 and fault is null order by size limit 1'),
      pending: one<[], 1>('select 1 from upload where done = 0 limit 1'),
      progress: run<[number, string]>('update upload set sent = ? where sha256 = ?'),
      url: run<[string | null, string]>('update upload set url = ? where sha256 = ?'),
      done: run<[string]>('update upload set done = 1, sent = size, url = null where sha256 = ?'),
      again: run<[string]>('update upload set done = 0, sent = 0, url = null, fault = null where sha256 = ?'),
      fault: run<[string, string]>('update upload set fault = ? where sha256 = ?'),
      /** Of one that was sent nothing is needed any more. */
      forget: run<[string]>('delete from upload where sha256 = ? and done = 1'),
      remove: run<[string]>('delete from upload where sha256 = ?'),
    },
  }
}

export type Statements = ReturnType<typeof prepareStatements>
