import { useWords } from '../../../app/i18n.ts'
import { Dialog } from '../../../ui/dialog.tsx'
import { openable } from '../../../ui/openable.ts'
import { NotificationSettings } from './notifications.tsx'
import { words } from './words.ts'

const notifications = openable()
export const openNotifications = notifications.open

export function NotificationsDialog() {
  const t = useWords(words)
  return (
    <Dialog
      open={notifications.useOpen()}
      onOpenChange={open => open || notifications.close()}
      title={t('title')}
    >
      <NotificationSettings />
    </Dialog>
  )
}
