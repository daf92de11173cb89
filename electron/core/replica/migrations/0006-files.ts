/** The files of a customer are found without looking at what has none, however long the history (queries/files.ts). 8: facets.ts. */
export const files = 'create index item_with_files on item (customer_id, place) where facets & 8;'
