/** A statement that PostgreSQL parses once per connection. */
export interface Statement {
  name: string
  text: string
}

const statement = (name: string, text: string): Statement => ({ name: `skein_${name}`, text })

/** Stands between the streams of one row in an argument: no id holds it, and arrays of arrays cannot be ragged. */
export const SEPARATOR = '\u001f'
const streamsOf = (column: string): string => `string_to_array(${column}, E'\\x1f')`

/** Locks in ascending order (S3): the lock is taken above the sort. */
export const load = statement(
  'load',
  `select type, id, rev, doc, streams from "row"
   where (type, id) in (select * from unnest($1::text[], $2::text[]))
   order by type, id for update`,
)

export const lock = statement('lock', 'select pg_advisory_xact_lock(hashtextextended($1, 0))')

export const named = statement('named', 'select type, id from row_name where name = $1 order by type, id')

export const namedAll = statement(
  'named_all',
  'select name, type, id from row_name where name = any ($1) order by name, type, id',
)

export const device = statement('device', 'select * from device where id = $1 for update')

export const outcomes = statement(
  'outcomes',
  `select n, mutation_id, outcome from outcome
   where device_id = $1 and epoch = $2 and n >= $3 order by n`,
)

export const outcomesOf = statement(
  'outcomes_of',
  'select n, mutation_id, outcome from outcome where mutation_id = any ($1)',
)

/** Rows of a stream that have a customer (or whom it was merged into), or an identity, as company. */
export const referrers = statement(
  'referrers',
  `select type, id from "row"
   where doc is not null and $1 = any (streams) and (
     ($2 = 'customer' and type in ('conversation', 'identity', 'customer') and parent_id = $3)
     or ($2 = 'identity' and type = 'conversation' and identity_id = $3)
   )`,
)

/**
 * Everything a transaction changed, but the streams, in one round trip. A row that comes with a `rev` that does not follow
 * on the one that is there is not written; if fewer than `$43` were, the statement fails (by a division by zero, the one
 * error that plain SQL raises at will), and with it the commit that is already on its way.
 */
export const flush = statement(
  'flush',
  `with
   changed as (
     insert into "row" as r
       (type, id, rev, doc, streams, home, parent_id, identity_id, open, activity_at, seq)
     select type, id, rev, doc::json, ${streamsOf('streams')}, home, parent_id, identity_id, open, activity_at, seq
     from unnest($1::text[], $2::text[], $3::int[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
       $9::boolean[], $10::bigint[], $11::int[])
       as u (type, id, rev, doc, streams, home, parent_id, identity_id, open, activity_at, seq)
     on conflict (type, id) do update set
       rev = greatest(excluded.rev, r.rev + 1), doc = excluded.doc, streams = excluded.streams,
       home = excluded.home, parent_id = excluded.parent_id, identity_id = excluded.identity_id,
       open = excluded.open, activity_at = excluded.activity_at, seq = excluded.seq
     where r.rev + 1 = excluded.rev or r.doc is null
     returning 1
   ),
   joined as (
     update "row" r set streams = ${streamsOf('u.streams')}
     from unnest($12::text[], $13::text[], $14::text[]) as u (type, id, streams)
     where r.type = u.type and r.id = u.id
   ),
   unnamed as (
     delete from row_name n using unnest($15::text[], $16::text[]) as u (type, id)
     where n.type = u.type and n.id = u.id
   ),
   named as (
     insert into row_name (name, type, id)
     select * from unnest($17::text[], $18::text[], $19::text[]) on conflict (name, type, id) do nothing
   ),
   devices as (
     insert into device as d (id, agent_id, name, platform, epoch, last_n, confirmed, revoked)
     select * from unnest($20::text[], $21::text[], $22::text[], $23::text[], $24::int[], $25::int[], $26::int[],
       $27::boolean[])
     on conflict (id) do update set
       agent_id = excluded.agent_id, name = excluded.name, platform = excluded.platform, epoch = excluded.epoch,
       last_n = excluded.last_n, confirmed = excluded.confirmed, revoked = excluded.revoked
   ),
   forgotten as (
     delete from outcome o using unnest($28::text[], $29::int[], $30::int[]) as u (device_id, epoch, through)
     where o.device_id = u.device_id and o.epoch = u.epoch and o.n <= u.through
   ),
   acknowledged as (
     insert into outcome (device_id, epoch, n, mutation_id, outcome)
     select device_id, epoch, n, mutation_id, outcome::json
     from unnest($31::text[], $32::int[], $33::int[], $34::text[], $35::text[])
       as u (device_id, epoch, n, mutation_id, outcome)
   ),
   told as (
     insert into event (name, agent_id, device_id, mutation_id, at, keys, facts)
     select name, agent_id, device_id, mutation_id, at, keys::json, facts::json
     from unnest($36::text[], $37::text[], $38::text[], $39::text[], $40::bigint[], $41::text[], $42::text[])
       as u (name, agent_id, device_id, mutation_id, at, keys, facts)
   )
   select 1 / (count(*) = $43::bigint)::int from changed`,
)

/**
 * The last statement of every transaction (S3): raises the counters of the streams, in ascending order, by the number of
 * rows that move in each, and moves those rows to the new versions.
 */
export const moveFeed = statement(
  'move_feed',
  `with raised as (
     insert into stream as s (name, epoch, version)
     select u.name, (select epoch from hub_state), u.rows
     from unnest($1::text[], $2::int[]) with ordinality as u (name, rows, place) order by u.place
     on conflict (name) do update set version = s.version + excluded.version
     returning name, version
   )
   insert into feed (stream, type, id, version, gone)
   select u.stream, u.type, u.id, raised.version - u.behind, u.gone
   from unnest($3::text[], $4::text[], $5::text[], $6::int[], $7::boolean[])
     as u (stream, type, id, behind, gone)
   join raised on raised.name = u.stream
   on conflict (stream, type, id) do update set version = excluded.version, gone = excluded.gone`,
)

export const heads = statement(
  'heads',
  `select u.name as stream, coalesce(s.epoch, (select epoch from hub_state)) as epoch,
     coalesce(s.version, 0) as version, coalesce(s.purged_through, 0) as "purgedThrough"
   from unnest($1::text[]) with ordinality as u (name, place) left join stream s on s.name = u.name
   order by u.place`,
)

/**
 * One row by its key, looked up in the index whatever the planner thinks of the number of keys: it takes an array for a
 * hundred entries and then prefers to read the table, which has millions.
 */
const rowAt = (of: string, columns: string): string =>
  `lateral (select ${columns} from "row" where "row".type = ${of}.type and "row".id = ${of}.id limit 1)`

/** Whom a row must not arrive without (S6), from its columns; see `parentsOf` in feed-rules.ts. */
const parents = (row: string): string =>
  `(values
     (case ${row}.type when 'item' then 'conversation' when 'conversation' then 'customer'
        when 'identity' then 'customer' when 'customer' then 'customer' end, ${row}.parent_id),
     (case ${row}.type when 'conversation' then 'identity' end, ${row}.identity_id)
   ) as w (type, id)`

/**
 * All that desks have not seen, in one statement and so in one snapshot (S7): where their streams stand, what waits above
 * each cursor ($1 to $3) up to a limit ($4) with the docs of what is there, the company without which that must not arrive,
 * and the outcomes that each device ($5 to $7) has not confirmed. `kind` says which it is; `place` which cursor or device.
 */
export const news = statement(
  'news',
  `with recursive
   head as (
     select u.*, coalesce(s.epoch, (select epoch from hub_state)) as epoch, coalesce(s.version, 0) as version,
       coalesce(s.purged_through, 0) as purged_through
     from unnest($1::text[], $2::int[], $3::bigint[]) with ordinality as u (stream, held, after, place)
     left join stream s on s.name = u.stream
   ),
   news as materialized (
     select h.place, f.type, f.id, f.version, f.gone, r.rev, r.doc, r.parent_id, r.identity_id
     from head h
     cross join lateral (
       select type, id, version, gone from feed
       where feed.stream = h.stream and feed.version > h.after order by feed.version limit $4
     ) f
     left join ${rowAt('f', 'rev, doc, parent_id, identity_id')} r on not f.gone
     where h.held = h.epoch and h.purged_through <= h.after and h.after < h.version
   ),
   company (type, id) as (
     (
       select 'conversation', parent_id from news where type = 'item'
       union all
       select 'customer', parent_id from news
       where type in ('conversation', 'identity', 'customer') and parent_id is not null
       union all
       select 'identity', identity_id from news where type = 'conversation' and identity_id is not null
     )
     union
     select w.type, w.id from company c cross join ${rowAt('c', 'type, parent_id, identity_id')} r
     cross join lateral ${parents('r')} where w.type is not null and w.id is not null
   )
   select 'head' as kind, place, null as type, null as id, version, null as gone, null::int as rev, null::json as doc,
     epoch, purged_through as "purgedThrough" from head
   union all
   select 'news', place, type, id, version, gone, rev, doc, null, null from news
   union all
   select 'company', null, r.type, r.id, null, null, r.rev, r.doc, null, null
   from company c cross join ${rowAt('c', 'type, id, rev, doc')} r
   where r.doc is not null and not exists (select from news n where n.type = r.type and n.id = r.id)
   union all
   select 'outcome', d.place, null, o.mutation_id, o.n, null, null, o.outcome, null, null
   from unnest($5::text[], $6::int[], $7::int[]) with ordinality as d (id, epoch, confirmed, place)
   cross join lateral (
     select n, mutation_id, outcome from outcome
     where device_id = d.id and epoch = d.epoch and outcome.n > d.confirmed offset 0
   ) o`,
)

export const countAfter = statement(
  'count_after',
  `select coalesce(sum(w.rows), 0)::bigint as rows
   from unnest($1::text[], $2::bigint[]) as c (stream, after)
   cross join lateral (select count(*) as rows from feed where feed.stream = c.stream and feed.version > c.after) w`,
)

/** The company of conversations and the company's company (see `parents`), as text: it is only passed on. */
export const companyOf = statement(
  'company_of',
  `with recursive company (type, id) as (
     select w.type, w.id from unnest($1::text[]) as u (id)
     cross join lateral (
       select type, parent_id, identity_id from "row" where "row".type = 'conversation' and "row".id = u.id limit 1
     ) n
     cross join lateral ${parents('n')} where w.type is not null and w.id is not null
     union
     select w.type, w.id from company c cross join ${rowAt('c', 'type, parent_id, identity_id')} r
     cross join lateral ${parents('r')} where w.type is not null and w.id is not null
   )
   select r.type, r.id, r.rev, r.doc::text from company c cross join ${rowAt('c', 'type, id, rev, doc')} r
   where r.doc is not null`,
)

export const conversations = statement(
  'conversations',
  `select r.type, r.id, r.rev, r.doc::text
   from unnest($1::text[], array_fill('conversation'::text, array[cardinality($1)])) with ordinality as u (id, type, place)
   cross join ${rowAt('u', 'type, id, rev, doc')} r
   where r.doc is not null order by u.place`,
)

export const rows = statement(
  'rows',
  `select r.type, r.id, r.rev, r.doc from unnest($1::text[], $2::text[]) with ordinality as u (type, id, place)
   join "row" r on r.type = u.type and r.id = u.id
   where r.doc is not null order by u.place`,
)

export const rowsWithin = statement(
  'rows_within',
  `select r.type, r.id, r.rev, r.doc from unnest($1::text[], $2::text[]) with ordinality as u (type, id, place)
   join "row" r on r.type = u.type and r.id = u.id
   where r.doc is not null and r.streams && $3::text[] order by u.place`,
)

/** The next conversations of an inbox for first sync. `$6`: the first page, which has nothing to go on from. */
export const listing = statement(
  'listing',
  `select id, open, activity_at, seq from "row"
   where type = 'conversation' and doc is not null and home = $1 and (open, activity_at) >= (false, $2::bigint)
     and (open, activity_at, id) < ($3::boolean, $4::bigint, $5::text)
   order by open desc, activity_at desc, id desc limit $6`,
)

export const listingExpected = statement(
  'listing_expected',
  `select coalesce(sum($3::int + least(seq, $4::int)), 0)::bigint as rows from "row"
   where type = 'conversation' and doc is not null and home = $1 and (open, activity_at) >= (false, $2::bigint)`,
)

/** The conversations of a stream that moved since. */
export const changedListing = statement(
  'changed_listing',
  `select r.id, r.open, r.activity_at, r.seq, f.version from feed f
   join "row" r on r.type = 'conversation' and r.id = f.id and r.doc is not null
   where f.stream = $1 and f.version > $2 and f.type = 'conversation' and not f.gone
   order by f.version limit $3`,
)

/** As text, in no order: whoever asks knows where each belongs. */
export const newestItems = statement(
  'newest_items',
  `select i.type, i.id, i.rev, i.doc, i.parent_id as "conversationId", i.seq
   from unnest($1::text[]) with ordinality as c (id, place)
   cross join lateral (
     select type, id, rev, doc::text, parent_id, seq from "row"
     where type = 'item' and doc is not null and parent_id = c.id
     order by seq desc limit $2
   ) i`,
)

export const olderItems = statement(
  'older_items',
  `select type, id, rev, doc from "row"
   where type = 'item' and doc is not null and parent_id = $1 and seq < $2
   order by seq desc limit $3`,
)

/** A short stream by type and id. */
export const plainListing = statement(
  'plain_listing',
  `select f.type, f.id, r.rev, r.doc::text from feed f join "row" r on r.type = f.type and r.id = f.id
   where f.stream = $1 and not f.gone and (f.type, f.id) > ($2::text, $3::text)
   order by f.type, f.id limit $4`,
)

export const plainExpected = statement(
  'plain_expected',
  'select count(*) as rows from feed where stream = $1 and not gone',
)

export const all = statement(
  'all',
  `select doc from "row" where type = $1 and id > $2 and doc is not null order by id limit $3`,
)

/** Tombstones up to a version, and the rows that have no other place left in any feed. */
export const purge = statement(
  'purge',
  `with dropped as (
     delete from feed where stream = $1 and gone and version <= $2 returning type, id
   ),
   raised as (
     update stream set purged_through = greatest(purged_through, least($2, version)) where name = $1
   )
   delete from "row" r using dropped d
   where r.type = d.type and r.id = d.id and r.doc is null and r.streams <@ array[$1::text]`,
)

export const renewEpochs = [
  'update hub_state set epoch = greatest(epoch + 1, $1)',
  'update stream set epoch = greatest(epoch + 1, $1)',
  'update device set epoch = greatest(epoch + 1, $1), last_n = 0, confirmed = 0',
] as const

const eventColumns = 'id, name, agent_id, device_id, mutation_id, at, keys, facts, number, hash'

export const events = statement(
  'events',
  `select ${eventColumns} from event where number > $1 order by number limit $2`,
)

export const lastSeal = statement(
  'last_seal',
  'select number, hash from event where number is not null order by number desc limit 1',
)

export const unsealed = statement(
  'unsealed',
  `select ${eventColumns} from event where number is null order by id limit $1`,
)

export const seal = statement(
  'seal',
  `update event e set number = u.number, hash = u.hash
   from unnest($1::bigint[], $2::bigint[], $3::text[]) as u (id, number, hash) where e.id = u.id`,
)
