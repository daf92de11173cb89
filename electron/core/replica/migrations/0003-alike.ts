/** Customers who may be one person are found by what is equal: an address on any channel, a name. */
export const alike = `
alter table identity add column address text not null default '';
update identity set address = coalesce(doc ->> 'address', '');
create index identity_of_address on identity (address);
create index customer_of_name on customer (name);
`
