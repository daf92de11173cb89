/**
 * The first replica. A noun's table holds what the desk shows: the hub's row with the effects of pending mutations on top.
 * `base` holds the hub's row for exactly those keys that pending mutations changed (S7). Small columns stand before `doc`,
 * so that a scan need not read long documents.
 */
export const first = `
create table setting (name text primary key, value text not null) without rowid;

-- Where each stream stands. 'hidden': lost, no longer shown, being purged (S9).
create table stream (
  stream text primary key, epoch integer not null, version integer not null,
  page text, hidden integer not null default 0
) without rowid;
create table hidden_inbox (inbox_id text primary key) without rowid;

-- Only of customers and identities; every other row's stream follows from its document.
create table membership (stream text, type text, id text, primary key (stream, type, id)) without rowid;
create index membership_of on membership (type, id);

create table coverage (conversation_id text primary key, from_seq integer not null) without rowid;
create table total (type text primary key, n integer not null) without rowid;

create table workspace (id text not null unique, rev integer not null, doc text not null);
create table agent (id text not null unique, rev integer not null, doc text not null);
create table channel (id text not null unique, rev integer not null, doc text not null);
create table inbox (id text not null unique, rev integer not null, doc text not null);
create table tag (id text not null unique, rev integer not null, doc text not null);

create table customer (
  id text not null unique, rev integer not null, name text not null, tier text not null, merged_into text,
  doc text not null
);
create index customer_merged on customer (merged_into) where merged_into is not null;

create table identity (
  id text not null unique, rev integer not null, customer_id text not null, doc text not null
);
create index identity_of_customer on identity (customer_id);

create table conversation (
  id text not null unique, rev integer not null, inbox_id text not null, customer_id text not null,
  status text not null, assignee_id text, activity_at integer not null,
  waits_from integer not null, held integer not null, inbound_seq integer not null,
  doc text not null
);
create index conversation_of_customer on conversation (customer_id, activity_at);
create index conversation_newest on conversation (status, activity_at, inbox_id, waits_from);
create index conversation_waiting on conversation (status, waits_from, activity_at, inbox_id);
create index conversation_of_inbox on conversation (inbox_id, status, activity_at, waits_from);
create index conversation_of_assignee on conversation (assignee_id, status, activity_at, inbox_id, waits_from);
create index conversation_held on conversation (held, activity_at) where held > 0;

-- How many conversations there are of each sort, so that counting them costs the same at any number.
create table tally (
  inbox_id text, status text, assignee_id text, waiting integer, held integer, n integer not null,
  primary key (inbox_id, status, assignee_id, waiting, held)
) without rowid;
create trigger conversation_in after insert on conversation begin
  insert into tally values (new.inbox_id, new.status, coalesce(new.assignee_id, ''),
    new.waits_from < 9007199254740991, new.held > 0, 1)
  on conflict do update set n = n + 1;
end;
create trigger conversation_out after delete on conversation begin
  update tally set n = n - 1 where inbox_id = old.inbox_id and status = old.status
    and assignee_id = coalesce(old.assignee_id, '') and waiting = (old.waits_from < 9007199254740991)
    and held = (old.held > 0);
end;
create trigger conversation_changed after update on conversation
when old.inbox_id is not new.inbox_id or old.status is not new.status or old.assignee_id is not new.assignee_id
  or (old.waits_from < 9007199254740991) is not (new.waits_from < 9007199254740991)
  or (old.held > 0) is not (new.held > 0)
begin
  update tally set n = n - 1 where inbox_id = old.inbox_id and status = old.status
    and assignee_id = coalesce(old.assignee_id, '') and waiting = (old.waits_from < 9007199254740991)
    and held = (old.held > 0);
  insert into tally values (new.inbox_id, new.status, coalesce(new.assignee_id, ''),
    new.waits_from < 9007199254740991, new.held > 0, 1)
  on conflict do update set n = n + 1;
end;

-- 'place' is at * 4096 + slot, so that newer items have higher ones (tables.ts); the rowid of the full-text index. The
-- table itself keeps the order of arrival: a page of first sync is whole conversations, each from days, and written by
-- time every item would touch a page of the database of its own.
create table item (
  nr integer primary key, place integer not null unique, id text not null unique, rev integer not null, inbox_id text not null,
  conversation_id text not null, customer_id text not null, seq integer not null, state text, author_id text,
  doc text not null
);
create index item_of_customer on item (customer_id, place);
create index item_troubled on item (state) where state in ('failed', 'uncertain', 'held');

create table draft (
  id text not null unique, rev integer not null, agent_id text not null, conversation_id text not null,
  kind text not null, doc text not null
);
create index draft_of_conversation on draft (conversation_id);

create table readMark (
  id text not null unique, rev integer not null, agent_id text not null, conversation_id text not null,
  seq integer not null, doc text not null
);
create index readMark_of_conversation on readMark (conversation_id, agent_id);

-- The hub's version of what pending mutations changed; doc is null where the hub has no row.
create table base (
  type text, id text, rev integer not null, doc text, primary key (type, id)
) without rowid;

create table outbox (
  seq integer primary key autoincrement, id text not null unique, agent_id text not null,
  name text not null, args text not null, at integer not null, n integer, coalesce_as text
);
create unique index outbox_n on outbox (n) where n is not null;
create index outbox_unsent on outbox (coalesce_as) where n is null and coalesce_as is not null;
-- Every key a pending mutation looks at or touches.
create table outbox_key (type text, id text, seq integer, primary key (type, id, seq)) without rowid;
create index outbox_key_of on outbox_key (seq);

create table refused (
  id text primary key, name text not null, code text not null, params text not null,
  conversation_id text, preview text not null, at integer not null
);

-- Files on this desk, encrypted beside the database under a keyed name (blobs.ts).
create table blob (
  sha256 text primary key, size integer not null, used_at integer not null
) without rowid;
create index blob_used on blob (used_at);
-- Files that the hub does not have yet; kept whatever the budget says.
create table upload (
  sha256 text primary key, name text not null, type text not null, size integer not null,
  sent integer not null default 0, url text, done integer not null default 0, fault text
) without rowid;
`
