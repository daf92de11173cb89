import type { Conversation } from '#shared/model/conversation.ts'
import type { DraftKind } from '#shared/model/draft.ts'
import { useWords } from '../../app/i18n.ts'
import { words as sideWords } from '../team/side/words.ts'
import { words } from './words.ts'

/** What an empty field says. @param side it goes to another department @param name the customer's */
export function usePlaceholder(
  kind: DraftKind,
  side: boolean,
  { status }: Conversation,
  name: string,
): string {
  const say = useWords(words)
  const saySide = useWords(sideWords)
  if (kind === 'note') return say('write-note')
  if (kind === 'forward') return side ? saySide('write') : say('write-forward')
  return say(status === 'open' ? 'write-reply' : 'write-reply-closed', { name })
}
