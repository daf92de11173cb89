/**
 * What other systems said about customers, so that it is there without a network. It goes with the customer, and with any identity that
 * was asked by, whatever removes these: permission, erasure, a stream fetched anew (I5, I9).
 */
export const cards = `
create table card (
  customer_id text not null,
  connector_id text not null,
  asked_at integer not null,
  doc text not null,
  primary key (customer_id, connector_id)
) without rowid;
-- Whose they are and which is the oldest is read without the answers themselves.
create index card_asked on card (customer_id, asked_at);

create table card_identity (
  identity_id text not null,
  customer_id text not null,
  primary key (identity_id, customer_id)
) without rowid;
create index card_identity_customer on card_identity (customer_id);

create trigger card_without_customer after delete on customer begin
  delete from card where customer_id = old.id;
  delete from card_identity where customer_id = old.id;
end;

create trigger card_without_identity after delete on identity begin
  delete from card where customer_id in (select customer_id from card_identity where identity_id = old.id);
  delete from card_identity
    where customer_id in (select customer_id from card_identity where identity_id = old.id);
end;
`
