/**
 * Items that are here and not yet in the full-text index: they are put in after the transaction that brought them, in moments
 * in which nobody waits (search.ts, upkeep.ts).
 */
export const unindexed = 'create table unindexed (place integer primary key);'
