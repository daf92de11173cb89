/** Lists of one person and of one inbox, who waits longest first: found in order as the other lists are, however long they are. */
export const longestFirst = `
create index conversation_of_assignee_waiting on conversation (assignee_id, status, waits_from, activity_at, inbox_id);
create index conversation_of_inbox_waiting on conversation (inbox_id, status, waits_from, activity_at);
`
