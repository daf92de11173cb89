import { useEffect } from 'react'
import { mailboxText } from '#shared/model/item.ts'
import { callTaken, useComposerCall } from './calls.ts'
import type { useDraft } from './use-draft.ts'

/** Carries out what the rest of the desk asks of the composer. */
export function useCalls(
  conversationId: string,
  onKind: (kind: 'reply' | 'note') => void,
  replyDraft: ReturnType<typeof useDraft>,
  focus: () => void,
): void {
  const { call, turn } = useComposerCall()
  const ready = replyDraft.content !== null
  // biome-ignore lint/correctness/useExhaustiveDependencies: a call is carried out once, at its turn
  useEffect(() => {
    if (!call || !ready) return
    if (call.kind === 'edit-held') {
      if (call.item.conversationId !== conversationId) return
      replyDraft.edit({
        text: call.item.text,
        cc: (call.item.mail?.cc ?? []).map(mailboxText),
        attachments: call.item.attachments,
        heldItemId: call.item.id,
      })
      replyDraft.flush()
    }
    onKind(call.kind === 'note' ? 'note' : 'reply')
    callTaken()
    const frame = requestAnimationFrame(focus)
    return () => cancelAnimationFrame(frame)
  }, [turn, ready])
}
