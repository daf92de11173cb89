/** What has yet to leave, by whoever wrote it: a handful among all items. */
export const planned = `
create index item_planned on item (author_id) where state = 'queued';
`
