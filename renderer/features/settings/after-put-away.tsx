import { Preferences } from '#shared/ipc/states.ts'
import { useWords } from '../../app/i18n.ts'
import { request } from '../../store/core.ts'
import { usePreferences } from '../../store/states.ts'
import { faultToast } from '../../store/toasts.ts'
import { Segmented } from '../../ui/segmented.tsx'
import { whereTo } from '../inbox/going-on.ts'
import { words } from './words.ts'

const { options } = Preferences.shape.afterPutAway.unwrap()

/** Where one goes after a conversation was resolved or snoozed. */
export function AfterPutAwaySetting() {
  const t = useWords(words)
  const preferences = usePreferences()
  const set = async (afterPutAway: (typeof options)[number]): Promise<void> => {
    const result = await request('setPreferences', { afterPutAway })
    if (!result.ok) faultToast(result.fault)
  }
  return (
    <Segmented
      label={t('put-away')}
      value={whereTo(preferences)}
      onChange={value => void set(value)}
      options={options.map(value => ({ value, label: t(`put-away-${value}`) }))}
    />
  )
}
