import type { Key } from '#shared/model/row.ts'
import { keptOfConversation, type Tracing } from '../tracing.ts'
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

/** A word may hold what is special to LIKE. */
const MENTIONING = `
  select type, id from "row"
  where doc is not null and type in ('conversation', 'item', 'draft') and (
    exists (select from unnest($1::text[]) w (word) where strpos(lower(doc::text), w.word) > 0)
    or doc -> 'mail' ->> 'raw' = any ($2)
    or exists (select from json_array_elements(doc -> 'attachments') a where a ->> 'sha256' = any ($2))
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
