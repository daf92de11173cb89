import type { ReactNode } from 'react'
import { Preferences } from '#shared/ipc/states.ts'
import { useWords } from '../../app/i18n.ts'
import { request } from '../../store/core.ts'
import { useDesk, usePreferences } from '../../store/states.ts'
import { faultToast } from '../../store/toasts.ts'
import { Button } from '../../ui/button.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { EnterSetting } from '../composer/enter.tsx'
import { words as composerWords } from '../composer/words.ts'
import { whereTo } from '../inbox/going-on.ts'
import { UndoSecondsSetting } from '../team/later/undo-seconds.tsx'
import { words as laterWords } from '../team/later/words.ts'
import './general.css'
import { askToSignOut, closeSettings } from './open.ts'
import { Page } from './pages.tsx'
import { words } from './words.ts'

const { theme: Theme, language: Language, density: Density } = Preferences.shape
const AfterPutAway = Preferences.shape.afterPutAway.unwrap()

async function set(change: Partial<Preferences>): Promise<void> {
  const result = await request('setPreferences', change)
  if (!result.ok) faultToast(result.fault)
}

/** How the desk looks and speaks, and whose it is. */
export function General() {
  const t = useWords(words)
  const composer = useWords(composerWords)
  const later = useWords(laterWords)
  const preferences = usePreferences()
  const desk = useDesk()
  if (!preferences) return null
  return (
    <Page title={t('general')}>
      <div>
        <Line label={t('theme')}>
          <Segmented
            label={t('theme')}
            value={preferences.theme}
            onChange={theme => void set({ theme })}
            options={Theme.options.map(value => ({ value, label: t(`theme-${value}`) }))}
          />
        </Line>
        <Line label={t('language')}>
          <Segmented
            label={t('language')}
            value={preferences.language}
            onChange={language => void set({ language })}
            options={Language.options.map(value => ({ value, label: t(`language-${value}`) }))}
          />
        </Line>
        <Line label={t('density')}>
          <Segmented
            label={t('density')}
            value={preferences.density}
            onChange={density => void set({ density })}
            options={Density.options.map(value => ({ value, label: t(`density-${value}`) }))}
          />
        </Line>
        <Line label={later('undo-label')}>
          <UndoSecondsSetting />
        </Line>
        <Line label={composer('enter')}>
          <EnterSetting />
        </Line>
        <Line label={t('put-away')}>
          <Segmented
            label={t('put-away')}
            value={whereTo(preferences)}
            onChange={afterPutAway => void set({ afterPutAway })}
            options={AfterPutAway.options.map(value => ({ value, label: t(`put-away-${value}`) }))}
          />
        </Line>
        <Line label={t('account')}>
          <span className="settings-account">
            <span className="settings-who text">
              {desk?.email}
              <span className="meta">{desk?.hubUrl?.replace(/^https?:\/\//, '')}</span>
            </span>
            <Button
              small
              onClick={() => {
                closeSettings()
                askToSignOut()
              }}
            >
              {t('sign-out')}
            </Button>
          </span>
        </Line>
      </div>
    </Page>
  )
}

const Line = ({ label, children }: { label: string; children: ReactNode }) => (
  <div className="settings-line">
    <span className="settings-label">{label}</span>
    {children}
  </div>
)
