import { useEffect } from 'react'
import type { DraftKind } from '#shared/model/draft.ts'
import { type Item, mailboxText } from '#shared/model/item.ts'
import { bareSubject } from '../timeline/thread.ts'
import { type ComposerCall, callTaken, lendReply, useComposerCall } from './calls.ts'
import type { useDraft } from './use-draft.ts'

const MOST_FILES = 50

/** Carries out what the rest of the desk asks of the composer. */
export function useCalls(
  conversationId: string,
  onKind: (kind: DraftKind) => void,
  drafts: Record<'reply' | 'forward', ReturnType<typeof useDraft>>,
  focus: () => void,
): void {
  const { call, turn } = useComposerCall()
  const { content, latest } = drafts.reply
  const filled = content !== null
  useEffect(
    () => lendReply(conversationId, () => (filled ? latest() : null)),
    [conversationId, filled, latest],
  )
  const ready = filled && drafts.forward.content !== null
  // biome-ignore lint/correctness/useExhaustiveDependencies: a call is carried out once, at its turn
  useEffect(() => {
    if (!call || !ready) return
    if (call.kind === 'edit-held') {
      if (call.item.conversationId !== conversationId) return
      const { text, rich = null, mail, attachments, id } = call.item
      drafts.reply.edit({
        text,
        rich,
        cc: (mail?.cc ?? []).map(mailboxText),
        bcc: (mail?.bcc ?? []).map(mailboxText),
        attachments,
        heldItemId: id,
        shared: null,
      })
      drafts.reply.flush()
    }
    if (call.kind === 'forward') {
      if (call.item.conversationId !== conversationId) return
      const { id, attachments } = call.item
      // Begun already: then it is gone on with.
      if (drafts.forward.content?.forwards !== id || drafts.forward.content.side)
        drafts.forward.edit({
          forwards: id,
          side: null,
          // By the files the hub has. What stands inside the layout goes along with it.
          attachments: attachments.filter(({ contentId }) => contentId === null).slice(0, MOST_FILES),
        })
      drafts.forward.flush()
    }
    if (call.kind === 'side') {
      if (call.item.conversationId !== conversationId) return
      const { item, root } = call
      const begun = drafts.forward.content
      if (begun?.forwards !== item.id || begun.side?.root !== root)
        drafts.forward.edit({
          forwards: item.id,
          side: {
            root,
            subject: root === null ? bareSubject(item.subject) : item.subject,
            quote: root === null,
          },
          to: root === null ? [] : otherSide(item),
          attachments: [],
        })
      drafts.forward.flush()
    }
    onKind(kindOf(call))
    callTaken()
    const frame = requestAnimationFrame(focus)
    return () => cancelAnimationFrame(frame)
  }, [turn, ready])
}

function kindOf(call: ComposerCall): DraftKind {
  if (call.kind === 'edit-held') return 'reply'
  if (call.kind === 'side') return 'forward'
  return call.kind === 'resume' ? call.draft : call.kind
}

/** Whom one talks to beside a conversation: who wrote this, or to whom we did. */
const otherSide = ({ mail, direction }: Item): string[] =>
  (direction === 'in' ? (mail?.from ? [mail.from] : []) : (mail?.to ?? [])).map(mailboxText)
