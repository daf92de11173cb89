import type { Id, Instant } from '#shared/model/base.ts'
import { inboxStream, type Stream } from '#shared/model/stream.ts'

/** Where somebody is. */
export interface Place {
  conversationId: Id
  inboxId: Id
  /** Of the inbox: who follows it may know. */
  stream: Stream
  typingUntil: Instant
}

/** Typing is believed for so many milliseconds after the last word of it. */
const TYPING = 8_000

export const placeIn = (conversationId: Id, inboxId: Id, typing: boolean, now: Instant): Place => ({
  ...{ conversationId, inboxId, stream: inboxStream(inboxId) },
  typingUntil: typing ? now + TYPING : 0,
})
