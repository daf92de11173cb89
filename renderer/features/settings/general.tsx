import type { ReactNode } from 'react'
import { Preferences } from '#shared/ipc/states.ts'
import { useWords } from '../../app/i18n.ts'
import { prefer } from '../../store/core.ts'
import { useDesk, usePreferences } from '../../store/states.ts'
import { Button } from '../../ui/button.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { enterDoes } from '../composer/enter.tsx'
import { whereTo } from '../inbox/going-on.ts'
import { UndoSecondsSetting } from '../team/later/undo-seconds.tsx'
import { words as laterWords } from '../team/later/words.ts'
import './general.css'
import { askToSignOut, closeSettings } from './open.ts'
import { Page } from './pages.tsx'
import { words } from './words.ts'

const { theme: Theme, language: Language, density: Density } = Preferences.shape
const AfterPutAway = Preferences.shape.afterPutAway.unwrap()
const EnterInTalk = Preferences.shape.enterInTalk.unwrap()

/** How the desk looks and speaks, and whose it is. */
export function General() {
  const t = useWords(words)
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
            onChange={theme => void prefer({ theme })}
            options={Theme.options.map(value => ({ value, label: t(`theme-${value}`) }))}
          />
        </Line>
        <Line label={t('language')}>
          <Segmented
            label={t('language')}
            value={preferences.language}
            onChange={language => void prefer({ language })}
            options={Language.options.map(value => ({ value, label: t(`language-${value}`) }))}
          />
        </Line>
        <Line label={t('density')}>
          <Segmented
            label={t('density')}
            value={preferences.density}
            onChange={density => void prefer({ density })}
            options={Density.options.map(value => ({ value, label: t(`density-${value}`) }))}
          />
        </Line>
        <Line label={later('undo-label')}>
          <UndoSecondsSetting />
        </Line>
        <Line label={t('enter')}>
          <Segmented
            label={t('enter')}
            value={enterDoes(preferences)}
            onChange={enterInTalk => void prefer({ enterInTalk })}
            options={EnterInTalk.options.map(value => ({ value, label: t(`enter-${value}`) }))}
          />
        </Line>
        <Line label={t('put-away')}>
          <Segmented
            label={t('put-away')}
            value={whereTo(preferences)}
            onChange={afterPutAway => void prefer({ afterPutAway })}
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
