import { useCallback } from 'react'
import { useWords } from '../../../app/i18n.ts'
import { useLive } from '../../../store/live.ts'
import { toast } from '../../../store/toasts.ts'
import type { Together } from '../../composer/use-draft.ts'
import { useAgents } from '../../customer/names.ts'
import { words } from './words.ts'

/** Whose pen the shared draft of a conversation is written with; whoever loses it is told to whom. */
export function useTogether(conversationId: string): Together {
  const say = useWords(words)
  const agents = useAgents()
  const { rows, loading } = useLive('sharedDraft', { conversationId })
  const draft = rows[0]?.draft
  const name = draft && agents.get(draft.writerId)?.name
  const lost = useCallback(
    (kept: boolean): void => {
      if (name) toast(say(kept ? 'lost-kept' : 'lost', { name }))
      else if (kept) toast(say('sent-meanwhile'))
    },
    [name, say],
  )
  return { pen: loading ? undefined : (draft?.pen ?? null), lost }
}
