import type { Conversation } from '#shared/model/conversation.ts'
import { readTo } from '#shared/model/read-mark.ts'
import { lastHeard } from '#shared/rules/last-heard.ts'
import { useLive } from '../../store/live.ts'

/** Whether something in it is unread to the person at the desk. Null: not known yet, or nobody has written in it. */
export function useUnread(customerId: string | null, conversation: Conversation | undefined): boolean | null {
  const { rows, loading } = useLive('readMarks', customerId === null ? null : { customerId })
  const heard = conversation ? lastHeard(conversation) : 0
  if (loading || heard === 0) return null
  const mark = rows.find(({ conversationId }) => conversationId === conversation?.id)
  return heard > (mark ? readTo(mark) : 0)
}
