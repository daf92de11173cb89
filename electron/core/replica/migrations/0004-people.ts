import type { Database } from 'better-sqlite3'
import type { Customer } from '#shared/model/customer.ts'
import { customerIndex } from '../search-customers.ts'

/**
 * A person is a customer who stands for themselves, with everybody merged into them: what lists sort and choose by, taken from
 * several rows (people.ts); `channels` and `addresses` are JSON arrays. `person_due` names customers whose person is to be put together anew before the transaction ends; triggers
 * fill it, so that no way of writing rows is forgotten. Those of an older replica are put together when it is opened next.
 */
const schema = `
create table segment (id text not null unique, rev integer not null, agent_id text, doc text not null);

create table person (
  place integer primary key, id text not null unique, name_key text not null, created_at integer not null,
  last_at integer not null, open integer not null, channels text not null, addresses text not null
);
create index person_by_name on person (name_key);
create index person_by_activity on person (last_at);
create index person_by_creation on person (created_at);
create table person_due (id text primary key) without rowid;

create trigger person_of_new_customer after insert on customer begin
  insert or ignore into person_due values (new.id);
  insert or ignore into person_due select id from customer where merged_into = new.id;
end;
create trigger person_of_gone_customer after delete on customer begin
  insert or ignore into person_due values (old.id);
  insert or ignore into person_due select old.merged_into where old.merged_into is not null;
  insert or ignore into person_due select id from customer where merged_into = old.id;
end;
create trigger person_of_customer after update on customer begin
  insert or ignore into person_due values (new.id);
  insert or ignore into person_due select old.merged_into where old.merged_into is not new.merged_into and old.merged_into is not null;
end;
create trigger person_of_new_identity after insert on identity begin
  insert or ignore into person_due values (new.customer_id);
end;
create trigger person_of_gone_identity after delete on identity begin
  insert or ignore into person_due values (old.customer_id);
end;
create trigger person_of_identity after update on identity begin
  insert or ignore into person_due values (old.customer_id);
  insert or ignore into person_due values (new.customer_id);
end;
create trigger person_of_new_conversation after insert on conversation begin
  insert or ignore into person_due values (new.customer_id);
end;
create trigger person_of_gone_conversation after delete on conversation begin
  insert or ignore into person_due values (old.customer_id);
end;
create trigger person_of_conversation after update of customer_id, status, activity_at on conversation
when old.customer_id is not new.customer_id or old.status is not new.status or old.activity_at is not new.activity_at
begin
  insert or ignore into person_due values (old.customer_id);
  insert or ignore into person_due values (new.customer_id);
end;
`

/** Chinese names are found as they are typed from now on, so they are put into the index anew. */
function indexChineseNames(db: Database): void {
  const index = customerIndex(db)
  const rows = db.prepare<[], { rowid: number; doc: string }>('select rowid, doc from customer').all()
  for (const { rowid, doc } of rows) {
    const customer = JSON.parse(doc) as Customer
    if (/\p{Script=Han}/u.test(customer.name)) index.putCustomer(rowid, customer, false)
  }
  index.settle()
}

export function people(db: Database): void {
  db.exec(schema)
  db.exec('insert into person_due select id from customer')
  indexChineseNames(db)
}
