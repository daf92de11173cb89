import { type Kysely, sql } from 'kysely'

export const name = '0001-rows-and-feed'

/**
 * What sync stands on. Ids sort by their bytes ("C"), as in JavaScript. Docs are `json`, not `jsonb`: they are written and
 * read whole, and mail holds characters that jsonb refuses (NUL, halves of a pair).
 */
const statements = [
  `create table hub_state (
    one boolean primary key default true check (one),
    epoch integer not null default 1
  )`,
  'insert into hub_state default values',

  // Without doc: a tombstone, kept for its rev as long as the feed has one (S4).
  `create table "row" (
    type text collate "C" not null,
    id text collate "C" not null,
    rev integer not null,
    doc json,
    streams text[] not null,
    home text collate "C",
    parent_id text collate "C",
    identity_id text collate "C",
    open boolean,
    activity_at bigint,
    seq integer,
    primary key (type, id)
  ) with (fillfactor = 90)`,
  // First sync (S6): the conversations of an inbox in the order of its pages.
  `create index row_listing on "row" (home, open desc, activity_at desc, id desc) include (seq)
    where type = 'conversation' and doc is not null`,
  // The items of a conversation, newest first.
  `create index row_items on "row" (parent_id, seq desc) where type = 'item' and doc is not null`,
  // Who refers to a customer or an identity (I5).
  `create index row_parent on "row" (parent_id)
    where type in ('conversation', 'identity', 'customer') and parent_id is not null and doc is not null`,
  `create index row_identity on "row" (identity_id) where type = 'conversation' and doc is not null`,

  `create table stream (
    name text collate "C" primary key,
    epoch integer not null,
    version bigint not null,
    purged_through bigint not null default 0
  ) with (fillfactor = 50)`,
  // One row per (stream, row), moved to a new version by every change (S2).
  `create table feed (
    stream text collate "C" not null,
    type text collate "C" not null,
    id text collate "C" not null,
    version bigint not null,
    gone boolean not null,
    primary key (stream, type, id)
  ) with (fillfactor = 80)`,
  'create index feed_version on feed (stream, version)',

  `create table row_name (
    name text collate "C" not null,
    type text collate "C" not null,
    id text collate "C" not null,
    primary key (name, type, id)
  )`,
  'create index row_name_row on row_name (type, id)',

  `create table device (
    id text collate "C" primary key,
    agent_id text collate "C" not null,
    name text not null,
    platform text not null,
    epoch integer not null,
    last_n integer not null,
    confirmed integer not null,
    revoked boolean not null
  ) with (fillfactor = 70)`,
  'create index device_agent on device (agent_id)',

  `create table outcome (
    device_id text collate "C" not null,
    epoch integer not null,
    n integer not null,
    mutation_id text collate "C" not null,
    outcome json not null,
    primary key (device_id, epoch, n)
  )`,
  'create index outcome_mutation on outcome (mutation_id)',

  // Number and hash are given after the commit (see server/store/postgres/events.ts); nothing else ever changes (I8).
  `create table event (
    id bigint generated always as identity primary key,
    name text not null,
    agent_id text,
    device_id text,
    mutation_id text,
    at bigint not null,
    keys json not null,
    facts json not null,
    number bigint,
    hash text
  )`,
  'create unique index event_number on event (number) where number is not null',
  'create index event_unsealed on event (id) where number is null',
  `create function keep_event() returns trigger language plpgsql as $$
  begin
    if tg_op = 'UPDATE' and old.number is null and old.hash is null
      and new.number is not null and new.hash is not null
      and (new.id, new.name, new.agent_id, new.device_id, new.mutation_id, new.at, new.keys::text, new.facts::text)
        is not distinct from
          (old.id, old.name, old.agent_id, old.device_id, old.mutation_id, old.at, old.keys::text, old.facts::text)
    then
      return new;
    end if;
    raise exception 'events are append-only' using errcode = 'restrict_violation';
  end $$`,
  'create trigger keep_event before update or delete on event for each row execute function keep_event()',
  'create trigger keep_events before truncate on event for each statement execute function keep_event()',
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
