/** Who was erased (I9). These rows outlive their stream: a hub restored from a backup is told of them by its desks. */
export const erasures =
  'create table erasure (id text not null unique, rev integer not null, doc text not null);'
