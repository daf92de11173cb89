import { Inbox as InboxIcon, Keyboard, LogOut, Settings as SettingsIcon, Users } from 'lucide-react'
import { Bell } from '../features/attention/bell.tsx'
import { WaitsNow } from '../features/attention/waits-now.tsx'
import { askToSignOut, openSettings } from '../features/settings/open.ts'
import { SyncState } from '../features/sync/state.tsx'
import { useAgents } from '../store/directory.ts'
import { useLive } from '../store/live.ts'
import { useDesk, useMyId } from '../store/states.ts'
import { open, show, showCustomers, toggle, useView } from '../store/view.ts'
import { Avatar } from '../ui/avatar.tsx'
import { Icon } from '../ui/icon.tsx'
import { Mark } from '../ui/mark.tsx'
import { Menu, MenuItem, MenuLabel, MenuLine } from '../ui/menu.tsx'
import { Tooltip } from '../ui/tooltip.tsx'
import { focusColumn } from './columns.ts'
import { useWords } from './i18n.ts'
import './rail.css'
import { words } from './words.ts'

export function Rail() {
  const t = useWords(words)
  const section = useView(view => view.section)
  const unassigned = useLive('viewCounts', {}).rows.some(
    ({ view, inboxId, count }) => view === 'unassigned' && inboxId === null && count > 0,
  )
  return (
    <nav className="rail" data-column="rail" data-keys="list" aria-label={t('main')} tabIndex={-1}>
      <Mark />
      <Tooltip label={t('inbox')} side="right">
        <button
          type="button"
          className="rail-place"
          aria-label={t('inbox')}
          aria-current={section === 'inbox' ? 'page' : undefined}
          data-column-entry=""
          onClick={() => {
            // From the customers one comes back to the list one had.
            show(section === 'inbox' ? 'mine' : useView.getState().view)
            focusColumn('list')
          }}
        >
          <Icon of={InboxIcon} size="l" />
          {unassigned && <i className="rail-new" />}
        </button>
      </Tooltip>
      <Tooltip label={t('customers')} side="right" shortcut="customers">
        <button
          type="button"
          className="rail-place"
          aria-label={t('customers')}
          aria-current={section === 'customers' ? 'page' : undefined}
          onClick={showCustomers}
        >
          <Icon of={Users} size="l" />
        </button>
      </Tooltip>
      <WaitsNow go={open} />
      <div className="rail-foot">
        <Bell />
        <SyncState />
        <Account />
      </div>
    </nav>
  )
}

function Account() {
  const t = useWords(words)
  const agents = useAgents()
  const me = agents.get(useMyId())
  const email = useDesk()?.email ?? ''
  const name = me?.name ?? email
  return (
    <Menu
      label={t('account')}
      side="right"
      align="end"
      trigger={
        <button type="button" className="rail-account" aria-label={t('account')}>
          <Avatar name={name} beside />
        </button>
      }
    >
      <MenuLabel>
        {name}
        {email && email !== name ? ` · ${email}` : ''}
      </MenuLabel>
      <MenuItem icon={SettingsIcon} shortcut="settings" onSelect={() => openSettings()}>
        {t('settings')}
      </MenuItem>
      <MenuItem icon={Keyboard} shortcut="keys" onSelect={() => toggle('keysOpen', true)}>
        {t('keys')}
      </MenuItem>
      <MenuLine />
      <MenuItem icon={LogOut} onSelect={askToSignOut}>
        {t('sign-out')}
      </MenuItem>
    </Menu>
  )
}
