// Enter. In a letter and in a note it is a new line; where one talks it sends, as everywhere where one does, unless the agent says otherwise.
// An input method's Enter is none: fields for words do not tell of it.
import type { Preferences } from '#shared/ipc/states.ts'
import type { ChannelFamily } from '#shared/model/channel.ts'
import type { DraftKind } from '#shared/model/draft.ts'
import { useWords } from '../../app/i18n.ts'
import { usePreferences } from '../../store/states.ts'
import { Keycap } from '../../ui/keycap.tsx'
import './enter.css'
import { triggerIn } from './insert/trigger.ts'
import { words } from './words.ts'
import type { WordsProps } from './words-field.ts'

/** What Enter does where one talks. */
export const enterDoes = (preferences: Preferences | null): NonNullable<Preferences['enterInTalk']> =>
  preferences?.enterInTalk ?? 'sends'

/** Whether Enter sends what is written here. */
export function useEnterSends(family: ChannelFamily, kind: DraftKind): boolean {
  const preferences = usePreferences()
  return family !== 'email' && kind === 'reply' && enterDoes(preferences) === 'sends'
}

/** Whether all that is written asks for a macro: who has it sent by Enter meant the macro. */
export const isSign = (text: string): boolean =>
  triggerIn(text.trim(), ['macro'])?.length === text.trim().length

/**
 * Keys of a field, Enter among them where it sends. With any other key beside it, it is what it is.
 * @param onKey is asked first: an Enter may choose from a list
 */
export const orEnter =
  (sends: boolean, onKey: WordsProps['onKey'], send: () => void): WordsProps['onKey'] =>
  event => {
    if (onKey(event)) return true
    const { key, shiftKey, ctrlKey, metaKey, altKey, repeat } = event
    if (!sends || key !== 'Enter' || shiftKey || ctrlKey || metaKey || altKey) return false
    // Held down it means one message.
    if (!repeat) send()
    return true
  }

/** How there is a new line all the same; said while something is written. */
export function NewLine() {
  const say = useWords(words)
  return (
    <span className="comp-new-line meta">
      <Keycap chord="Shift+Enter" /> {say('new-line')}
    </span>
  )
}
