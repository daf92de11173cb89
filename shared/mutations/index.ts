import type { z } from 'zod'
import { assign, claim } from './assign.ts'
import { addAttribute, changeAttribute, moveAttribute, putChoice } from './attribute.ts'
import { editCustomer, setAttribute, setConsent, tagCustomer, untagCustomer } from './customer.ts'
import { resolveDelivery } from './delivery.ts'
import { discardDraft, saveDraft } from './draft.ts'
import { forwardMail, scheduleForward } from './forward.ts'
import { handOver, putAwayHandover } from './handover.ts'
import { discardReply, releaseReply, takeOverReply } from './held-reply.ts'
import { removeMacro, saveMacro } from './macro.ts'
import { mergeCustomers, tellApart, unmergeCustomers } from './merge.ts'
import type { Mutation } from './mutation.ts'
import { addNote } from './note.ts'
import { prioritise } from './priority.ts'
import { markRead, markUnread } from './read-mark.ts'
import { scheduleReply, sendReply } from './reply.ts'
import { removeView, saveView } from './saved-view.ts'
import { removeSegment, saveSegment } from './segment.ts'
import { shareDraft, takeDraft, unshareDraft } from './shared-draft.ts'
import { sendAside } from './side.ts'
import { close, reopen, snooze } from './status.ts'
import { addTag, createTag, removeTag } from './tag.ts'
import { sendTranscript } from './transcript.ts'
import { cancelReply, rescheduleReply } from './waiting-reply.ts'

/** Every change anyone can make. A name, once released, stays understood (S14). */
const definitions = [
  sendReply,
  scheduleReply,
  cancelReply,
  rescheduleReply,
  releaseReply,
  discardReply,
  takeOverReply,
  forwardMail,
  scheduleForward,
  sendAside,
  resolveDelivery,
  addNote,
  claim,
  assign,
  handOver,
  putAwayHandover,
  close,
  reopen,
  snooze,
  sendTranscript,
  createTag,
  addTag,
  removeTag,
  prioritise,
  saveDraft,
  discardDraft,
  shareDraft,
  takeDraft,
  unshareDraft,
  markRead,
  markUnread,
  editCustomer,
  setAttribute,
  tagCustomer,
  untagCustomer,
  setConsent,
  addAttribute,
  changeAttribute,
  putChoice,
  moveAttribute,
  mergeCustomers,
  unmergeCustomers,
  tellApart,
  saveSegment,
  removeSegment,
  saveMacro,
  removeMacro,
  saveView,
  removeView,
] as const

type Definition = (typeof definitions)[number]
export type MutationName = Definition['name']
export type MutationArgs<N extends MutationName> = z.infer<Extract<Definition, { name: N }>['args']>

const byName = new Map<string, Mutation>(
  definitions.map(mutation => [mutation.name, mutation as unknown as Mutation]),
)

/** The definition of a name; undefined when this side does not know it. */
export const mutationNamed = (name: string): Mutation | undefined => byName.get(name)
export const mutationNames = definitions.map(({ name }) => name)
