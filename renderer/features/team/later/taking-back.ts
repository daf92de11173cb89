// What has not left can be had back: its words become a draft again, and the hub decides whether it was still time (`reply.cancel`).
import type { DraftKind } from '#shared/model/draft.ts'
import { type Item, mailboxText } from '#shared/model/item.ts'
import type { MutationArgs } from '#shared/mutations/index.ts'
import { say } from '../../../app/i18n.ts'
import { mutate } from '../../../store/core.ts'
import { faultToast, toast } from '../../../store/toasts.ts'
import { open } from '../../../store/view.ts'
import { now } from '../../../ui/clock.ts'
import { callComposer } from '../../composer/calls.ts'
import { words } from './words.ts'

/** A message that may be taken back, and what was said in it. */
export interface Sent {
  itemId: string
  conversationId: string
  /** In whose thread it stands. */
  customerId: string
  draft: MutationArgs<'reply.cancel'>['draft']
}

export function sentOf(item: Item, customerId: string): Sent {
  const { text, rich, mail, attachments } = item
  const forwards = mail?.forwards
  return {
    itemId: item.id,
    conversationId: item.conversationId,
    customerId,
    draft: {
      kind: forwards ? 'forward' : 'reply',
      text,
      ...(rich ? { rich } : {}),
      cc: (mail?.cc ?? []).map(mailboxText),
      ...(mail?.bcc ? { bcc: mail.bcc.map(mailboxText) } : {}),
      ...(forwards ? { forward: { itemId: forwards, to: mail.to.map(mailboxText) } } : {}),
      ...(mail?.side
        ? {
            side: {
              root: mail.side === item.id ? null : mail.side,
              subject: item.subject,
              quote: item.quoted !== '',
            },
          }
        : {}),
      attachments,
    },
  }
}

/**
 * Takes it back and goes to its words.
 * @param reopen what was resolved or put off along with it is open again
 */
export async function takeBack(sent: Sent, reopen: boolean): Promise<void> {
  const { itemId, conversationId, customerId, draft } = sent
  const result = await mutate('reply.cancel', { itemId, conversationId, draft, reopen, at: now() })
  if (!result.ok) return void faultToast(result.fault)
  open({ customerId, conversationId })
  resume(draft.kind)
  toast(say(words, 'taken-back'))
}

const resume = (kind: DraftKind): void => callComposer({ kind: 'resume', draft: kind })
