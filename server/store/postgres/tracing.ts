import type { Key } from '#shared/model/row.ts'
import { keptOfConversation, namedByItem, type Tracing } from '../tracing.ts'
import type { Session } from './session.ts'

const kept = keptOfConversation.map(({ type, rest }) => `('${type}', '${rest}')`).join(', ')

const BELONGINGS = `
  with own as (
    select type, id from "row"
    where type in ('conversation', 'identity', 'customer') and parent_id = any ($1) and doc is not null
  )
  select type, id from own
  union all
  select i.type, i.id from own c
  join "row" i on i.type = 'item' and i.parent_id = c.id and i.doc is not null where c.type = 'conversation'
  union all
  select r.type, r.id from own c
  cross join (select id from "row" where type = 'agent' and doc is not null) a
  cross join (values ${kept}) k (type, rest)
  join "row" r on r.type = k.type and r.id = a.id || '.' || c.id || k.rest and r.doc is not null
  where c.type = 'conversation'`

/**
 * Each document is taken apart once, and only what names somebody (`namesIn`) is made small: to do that with all that is written would take
 * ten times as long. Words are looked for with `strpos`, because they may hold what is special to LIKE.
 */
const parts = [...namedByItem, 'visit']
const MENTIONING = `
  select r.type, r.id from "row" r
  cross join lateral (
    select case r.type when 'draft' then lower(r.doc::text) else lower(concat(${parts.join(', ')})) end as said, attachments
    from json_to_record(r.doc) as part (${parts.map(part => `${part} json`).join(', ')}, attachments json) offset 0
  ) d
  where r.doc is not null and r.type in ('conversation', 'item', 'draft') and (
    exists (select from unnest($1::text[]) w (word) where strpos(d.said, w.word) > 0)
    or cardinality($2::text[]) > 0
      and exists (select from json_array_elements(d.attachments) a where a ->> 'sha256' = any ($2))
  )`

export function tracingOn(session: Session): Tracing {
  const keys = async (text: string, values: unknown[]): Promise<Key[]> =>
    (await session.say(text, values)).rows as Key[]
  return {
    belongings: customerIds => keys(BELONGINGS, [customerIds]),
    async namesOf(of) {
      const { rows } = await session.say(
        `select distinct n.name from unnest($1::text[], $2::text[]) u (type, id)
         join row_name n on n.type = u.type and n.id = u.id`,
        [of.map(({ type }) => type), of.map(({ id }) => id)],
      )
      return rows.map(({ name }) => name as string)
    },
    mentioning: (words, files) =>
      keys(MENTIONING, [words.map(word => JSON.stringify(word).slice(1, -1).toLowerCase()), files]),
    async unname(names) {
      await session.say('delete from row_name where name = any ($1)', [names])
    },
  }
}
