/** The sort of an entry, of a stored document (facets.ts). */
const ofDoc = `(
  case doc ->> 'kind' when 'note' then 1 when 'event' then 2
    else case when doc -> 'call' is null then 0 else 4 end end
  | case when exists (select 1 from json_each(doc, '$.attachments') where value ->> 'contentId' is null)
    then 8 else 0 end)`

/** A timeline can be narrowed to some sorts of entries. Most are plain messages, and are not written again. */
export const facets = `
alter table item add column facets integer not null default 0;
update item set facets = ${ofDoc} where ${ofDoc} <> 0;
drop index item_of_customer;
create index item_of_customer on item (customer_id, place, facets);
`
