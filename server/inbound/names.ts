import { createHash } from 'node:crypto'
import type { Id } from '#shared/model/base.ts'

/** The names by which what comes in finds what is there (Transaction.name). Long words go by their hash. */
const short = (word: string): string =>
  Buffer.byteLength(word) <= 300 ? word : `#${createHash('sha256').update(word).digest('hex')}`

/** A message that was taken in, by the provider's id (S19). Names its item. */
export const inboundName = (inboxId: Id, key: string): string => `inbound:${inboxId}:${short(key)}`

/** A message, in or out, by the provider's id. Names its item and its conversation. */
export const messageName = (inboxId: Id, messageId: string): string =>
  `message:${inboxId}:${short(messageId)}`

/** An outgoing item that was handed to a channel. Names itself and its conversation. */
export const sentName = (inboxId: Id, itemId: Id): string => `sent:${inboxId}:${itemId}`

/** Names the identity with this address. */
export const addressName = (channel: Id, address: string): string => `address:${channel}:${short(address)}`

/** Names the conversations of an address about one subject. */
export const subjectName = (inboxId: Id, address: string, subjectKey: string): string =>
  `subject:${inboxId}:${short(`${address} ${subjectKey}`)}`
