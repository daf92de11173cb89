import type { ReactNode } from 'react'
import { Preferences } from '#shared/ipc/contract.ts'
import { useWords } from '../../app/i18n.ts'
import { request } from '../../store/core.ts'
import { useDesk, usePreferences } from '../../store/states.ts'
import { faultToast } from '../../store/toasts.ts'
import { toggle, useView } from '../../store/view.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { UndoSecondsSetting } from '../team/later/undo-seconds.tsx'
import { words as laterWords } from '../team/later/words.ts'
import { NotificationsDialog, openNotifications } from './attention/notifications-dialog.tsx'
import { words as alertWords } from './attention/words.ts'
import { ConnectionsDialog, openConnections } from './connectors/connections.tsx'
import { words as connectionWords } from './connectors/words.ts'
import { CustomerFieldsDialog, openCustomerFields } from './customer-fields/customer-fields.tsx'
import { words as fieldWords } from './customer-fields/words.ts'
import { InboxesDialog, openInboxes, useMaySetUp } from './inboxes/inboxes.tsx'
import { words as inboxWords } from './inboxes/words.ts'
import './settings.css'
import { MacrosDialog, openMacros } from './macros/macros.tsx'
import { words as macroWords } from './macros/words.ts'
import { askToSignOut, SignOutDialog } from './sign-out.tsx'
import { words } from './words.ts'

const { theme: Theme, language: Language, density: Density } = Preferences.shape

async function set(change: Partial<Preferences>): Promise<void> {
  const result = await request('setPreferences', change)
  if (!result.ok) faultToast(result.fault)
}

/** The person's own settings. They take effect at once; there is nothing to save. */
export function Settings() {
  const t = useWords(words)
  const open = useView(view => view.settingsOpen)
  const preferences = usePreferences()
  const desk = useDesk()
  const maySetUp = useMaySetUp()
  const alerts = useWords(alertWords)
  const later = useWords(laterWords)
  const macros = useWords(macroWords)
  const inboxes = useWords(inboxWords)
  const fields = useWords(fieldWords)
  const connections = useWords(connectionWords)
  if (!preferences) return null
  return (
    <>
      <Dialog open={open} onOpenChange={to => toggle('settingsOpen', to)} title={t('title')}>
        <div className="settings">
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
          <Line label={macros('title')}>
            <Button
              small
              onClick={() => {
                toggle('settingsOpen', false)
                openMacros()
              }}
            >
              {macros('manage')}
            </Button>
          </Line>
          <Line label={alerts('title')}>
            <Button
              small
              onClick={() => {
                toggle('settingsOpen', false)
                openNotifications()
              }}
            >
              {inboxes('manage')}
            </Button>
          </Line>
          {maySetUp && (
            <Line label={inboxes('title')}>
              <Button
                small
                onClick={() => {
                  toggle('settingsOpen', false)
                  openInboxes()
                }}
              >
                {inboxes('manage')}
              </Button>
            </Line>
          )}
          {maySetUp && (
            <Line label={fields('title')}>
              <Button
                small
                onClick={() => {
                  toggle('settingsOpen', false)
                  openCustomerFields()
                }}
              >
                {fields('manage')}
              </Button>
            </Line>
          )}
          {maySetUp && (
            <Line label={connections('title')}>
              <Button
                small
                onClick={() => {
                  toggle('settingsOpen', false)
                  openConnections()
                }}
              >
                {connections('manage')}
              </Button>
            </Line>
          )}
          <Line label={t('account')}>
            <span className="settings-account">
              <span className="settings-who text">
                {desk?.email}
                <span className="meta">{desk?.hubUrl?.replace(/^https?:\/\//, '')}</span>
              </span>
              <Button
                small
                onClick={() => {
                  toggle('settingsOpen', false)
                  askToSignOut()
                }}
              >
                {t('sign-out')}
              </Button>
            </span>
          </Line>
        </div>
      </Dialog>
      <SignOutDialog />
      <MacrosDialog />
      <NotificationsDialog />
      {maySetUp && <InboxesDialog />}
      {maySetUp && <CustomerFieldsDialog />}
      {maySetUp && <ConnectionsDialog />}
    </>
  )
}

const Line = ({ label, children }: { label: string; children: ReactNode }) => (
  <div className="settings-line">
    <span className="settings-label">{label}</span>
    {children}
  </div>
)
