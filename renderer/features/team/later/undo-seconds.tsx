import type { Preferences } from '#shared/ipc/states.ts'
import type { ChannelFamily } from '#shared/model/channel.ts'
import { useWords } from '../../../app/i18n.ts'
import { prefer } from '../../../store/core.ts'
import { usePreferences } from '../../../store/states.ts'
import { Segmented } from '../../../ui/segmented.tsx'
import { words } from './words.ts'

const CHOICES = ['0', '5', '10', '20', '30'] as const
const USUAL = 10

const secondsOf = (preferences: Preferences | null): number => preferences?.undoSendSeconds ?? USUAL

/** For how many seconds what is sent on a channel may be taken back. Only letters wait: talk goes at once. */
export function useUndoSeconds(family: ChannelFamily): number {
  const preferences = usePreferences()
  return family === 'email' ? secondsOf(preferences) : 0
}

/** The setting of it. */
export function UndoSecondsSetting() {
  const say = useWords(words)
  const preferences = usePreferences()
  return (
    <Segmented
      label={say('undo-label')}
      value={String(secondsOf(preferences))}
      onChange={value => void prefer({ undoSendSeconds: Number(value) })}
      options={CHOICES.map(value => ({
        value,
        label: value === '0' ? say('undo-off') : say('undo-seconds', { count: Number(value) }),
      }))}
    />
  )
}
