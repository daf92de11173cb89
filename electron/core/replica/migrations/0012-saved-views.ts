/** Views of one's own. To a desk from before them they were not sent, so it goes through the streams that have some once more. */
export const savedViews = `
create table savedView (id text not null unique, rev integer not null, agent_id text, doc text not null);
update stream set version = 0 where stream = 'workspace' or stream like 'agent:%';
`
