/**
 * Macros, and notes by whom they name. To a desk from before them macros were not sent, so it goes through the streams that have some once
 * more; of a note it kept nothing that it did not know, and inboxes are not fetched again for that.
 */
export const macros = `
create table macro (id text not null unique, rev integer not null, agent_id text, doc text not null);
update stream set version = 0 where stream = 'workspace' or stream like 'agent:%';

alter table item add column mentions text;
create index item_mentions on item (conversation_id, seq, mentions) where mentions is not null;
`
