import {
  Bell,
  Building2,
  Contact,
  Inbox,
  Keyboard,
  LifeBuoy,
  type LucideIcon,
  MessageSquareText,
  SlidersHorizontal,
  X,
} from 'lucide-react'
import { Dialog, Tabs } from 'radix-ui'
import type { ReactNode } from 'react'
import { useWords } from '../../app/i18n.ts'
import { Keys } from '../../app/keys/keys-dialog.tsx'
import { useOneColumn } from '../../store/one-column.ts'
import { giveBack } from '../../ui/give-back.ts'
import { Icon } from '../../ui/icon.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import '../../ui/side-line.css'
import { words as uiWords } from '../../ui/words.ts'
import { NotificationSettings } from './attention/notifications.tsx'
import { Connections } from './connectors/connections.tsx'
import { CustomerFields } from './customer-fields/customer-fields.tsx'
import { General } from './general.tsx'
import { Help } from './help/help.tsx'
import { Inboxes } from './inboxes/inboxes.tsx'
import { Macros } from './macros/macros.tsx'
import { useMaySetUp } from './may-set-up.ts'
import { closeSettings, openSettings, type SettingsPage, useSettings } from './open.ts'
import { Page } from './pages.tsx'
import './settings.css'
import { SignOutDialog } from './sign-out.tsx'
import { words } from './words.ts'

interface Entry {
  page: SettingsPage
  icon: LucideIcon
  of: () => ReactNode
}

const own: readonly Entry[] = [
  { page: 'general', icon: SlidersHorizontal, of: General },
  { page: 'notifications', icon: Bell, of: Notifications },
  { page: 'macros', icon: MessageSquareText, of: Macros },
  { page: 'keyboard', icon: Keyboard, of: KeyboardPage },
  { page: 'help', icon: LifeBuoy, of: Help },
]
const workspace: readonly Entry[] = [
  { page: 'inboxes', icon: Inbox, of: Inboxes },
  { page: 'customer-fields', icon: Contact, of: CustomerFields },
  { page: 'connections', icon: Building2, of: Connections },
]

/** Everything that can be set: a person's own, which takes effect at once, and what an administrator sets up for all. */
export function Settings() {
  const t = useWords(words)
  const ui = useWords(uiWords)
  const one = useOneColumn()
  const page = useSettings(state => state.page)
  const maySetUp = useMaySetUp()
  const pages = maySetUp ? [...own, ...workspace] : own
  const shown = pages.find(each => each.page === page) ?? own[0]!
  const Shown = shown.of
  return (
    <>
      <Dialog.Root open={page !== null} onOpenChange={open => open || closeSettings()}>
        <Dialog.Portal>
          <Dialog.Overlay className="scrim" />
          <Dialog.Content
            className="dialog settings"
            data-modal=""
            aria-describedby={undefined}
            onCloseAutoFocus={giveBack}
          >
            <Tabs.Root
              className="settings-all"
              orientation={one ? 'horizontal' : 'vertical'}
              value={shown.page}
              onValueChange={value => openSettings(value as SettingsPage)}
            >
              <div className="settings-side">
                <Dialog.Title className="dialog-title settings-title">{t('title')}</Dialog.Title>
                {/* After a click the list itself can have the focus: its ring is not taken away. */}
                <Tabs.List aria-label={t('pages')} className="settings-pages" style={{ outline: '' }}>
                  {pages.map((each, index) => (
                    <Tabs.Trigger
                      key={each.page}
                      value={each.page}
                      className="side-line"
                      data-first={index === own.length || undefined}
                      aria-current={each.page === shown.page || undefined}
                    >
                      <Icon of={each.icon} />
                      <span className="trunc">{t(each.page)}</span>
                    </Tabs.Trigger>
                  ))}
                </Tabs.List>
              </div>
              <Tabs.Content key={shown.page} value={shown.page} className="settings-page" tabIndex={-1}>
                <Shown />
              </Tabs.Content>
            </Tabs.Root>
            <Dialog.Close asChild>
              <IconButton className="settings-close" icon={X} label={ui('close')} />
            </Dialog.Close>
          </Dialog.Content>
        </Dialog.Portal>
      </Dialog.Root>
      <SignOutDialog />
    </>
  )
}

function Notifications() {
  const t = useWords(words)
  return (
    <Page title={t('notifications')}>
      <NotificationSettings />
    </Page>
  )
}

function KeyboardPage() {
  const t = useWords(words)
  return (
    <Page title={t('keyboard')}>
      <Keys />
    </Page>
  )
}
