import { readTo } from './entry.ts'

/**
 * Notes that name the agent at the desk (`@agent`), by the index of such notes; without its sign SQLite would look at every item there
 * is. One is seen once its conversation is read beyond it.
 * @param item the item's table in the query
 */
export const namesMe = (item: string): string =>
  `${item}.mentions is not null and ${item}.mentions like '%|' || @agent || '|%'`

/** Of a conversation: it has one. */
export const isMentioned = `id in (select m.conversation_id from item m where ${namesMe('m')})`

/** The latest of them first. */
export const latestMention = `(select max(m.place) from item m where m.conversation_id = conversation.id and ${namesMe('m')}) desc`

/** Whether the conversation has one that was not seen. */
export const hasUnseenMention = (conversationId: string): string =>
  `exists (select 1 from item m where m.conversation_id = ${conversationId} and ${namesMe('m')} and m.seq > ${readTo('m.conversation_id')})`

/** By inbox: how many conversations have one that was not seen. */
export const unseenMentions = (shown: string): string =>
  `select m.inbox_id, count(distinct m.conversation_id) as n from item m
   where ${namesMe('m')} and m.seq > ${readTo('m.conversation_id')} and ${shown} group by m.inbox_id`
