/**
 * Who was erased (I9). These rows outlive their stream: a hub restored from a backup is told of them by its desks. To a desk from before
 * they were not sent, so it goes through the team's stream once more.
 */
export const erasures = `
create table erasure (id text not null unique, rev integer not null, doc text not null);
update stream set version = 0 where stream = 'workspace';
`
