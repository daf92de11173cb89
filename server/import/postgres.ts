import { type Kysely, sql } from 'kysely'
import type { ImportPlan, ImportReport, ImportRow } from '#shared/protocol/import.ts'
import type { Schema } from '../db/schema.ts'
import type { Staging } from './staging.ts'

interface Found {
  agent_id: string
  plan: ImportPlan
  done: ImportReport | null
  rows: number
}

export function postgresStaging(db: Kysely<Schema>): Staging {
  const forget = async (which: ReturnType<typeof sql>): Promise<void> => {
    await sql`with gone as (delete from import where ${which} returning id)
      delete from import_row where import_id in (select id from gone)`.execute(db)
  }
  return {
    async begin(id, agentId, plan, at) {
      await sql`insert into import (id, agent_id, plan, at) values (${id}, ${agentId}, ${JSON.stringify(plan)}::json, ${at})
        on conflict do nothing`.execute(db)
    },
    async find(id) {
      // Places have no gaps, so the last one says how many there are.
      const { rows } = await sql<Found>`
        select agent_id, plan, done,
          coalesce((select max(place) + 1 from import_row where import_id = ${id}), 0) as rows
        from import where id = ${id}`.execute(db)
      const [found] = rows
      return (
        found && {
          ...{ id, agentId: found.agent_id, plan: found.plan },
          ...{ rows: Number(found.rows), intended: found.done },
        }
      )
    },
    async add(id, from, rows) {
      const places = rows.map((_, index) => from + index)
      const docs = rows.map(row => JSON.stringify(row))
      // The import stays locked, so that it is not dropped between, nor two requests leave a gap.
      await sql`
        with there as (select id from import where id = ${id} for update),
        filled as (select coalesce((select max(place) + 1 from import_row where import_id = ${id}), 0) as rows)
        insert into import_row (import_id, place, doc)
        select there.id, u.place, u.doc::json
        from there, filled, unnest(${places}::int[], ${docs}::text[]) as u (place, doc)
        where filled.rows >= ${from}
        on conflict do nothing`.execute(db)
    },
    async rows(id, from, limit) {
      const { rows } = await sql<{ doc: ImportRow }>`
        select doc from import_row where import_id = ${id} and place >= ${from} order by place limit ${limit}`.execute(
        db,
      )
      return rows.map(({ doc }) => doc)
    },
    async at(id, places) {
      const { rows } = await sql<{ place: number; doc: ImportRow }>`
        select place, doc from import_row where import_id = ${id} and place = any (${[...places]}::int[])`.execute(
        db,
      )
      return new Map(rows.map(({ place, doc }) => [place, doc]))
    },
    async intend(id, report) {
      await sql`update import set done = ${JSON.stringify(report)}::json where id = ${id}`.execute(db)
    },
    async empty(id) {
      await sql`delete from import_row where import_id = ${id}`.execute(db)
    },
    async emptyAll() {
      await sql`delete from import_row`.execute(db)
    },
    drop: id => forget(sql`id = ${id}`),
    dropBefore: at => forget(sql`at < ${at}`),
  }
}
