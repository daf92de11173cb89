import { facetsOfDoc } from '../facets.ts'

/** A timeline can be narrowed to some sorts of entries (facets.ts). Most are plain messages, and are not written again. */
export const facets = `
alter table item add column facets integer not null default 0;
update item set facets = ${facetsOfDoc} where ${facetsOfDoc} <> 0;
drop index item_of_customer;
create index item_of_customer on item (customer_id, place, facets);
`
