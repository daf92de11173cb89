// A customer wrote: the system says so, unless the person is looking at the desk. A click shows the conversation.
import type { Notification } from 'electron'
import type { EventOf } from '#shared/ipc/contract.ts'
import type { Destination } from '#shared/ipc/shell.ts'
import type { ElectronModule } from './electron-module.ts'

export interface NotificationDeps {
  electron: ElectronModule
  /** True while a window has the keyboard: the page shows arrivals itself. */
  watching(): boolean
  show(to: Destination): void
}

export interface Notifications {
  arrived(event: EventOf<'arrived'>): void
  /** Takes back everything shown (S9: a notification holds content). */
  clear(): void
}

const longest = 200

export const createNotifications = ({ electron, watching, show }: NotificationDeps): Notifications => {
  // One a conversation: a later message replaces the earlier one, and a busy customer does not fill the screen.
  const shown = new Map<string, Notification>()
  const drop = (conversationId: string): void => {
    shown.get(conversationId)?.close()
    shown.delete(conversationId)
  }
  return {
    arrived({ conversationId, customerId, customerName, preview }) {
      if (watching() || !electron.Notification.isSupported()) return
      drop(conversationId)
      const notification = new electron.Notification({ title: customerName, body: preview.slice(0, longest) })
      notification.on('click', () => {
        drop(conversationId)
        show({ customerId, conversationId })
      })
      notification.on('close', () => {
        if (shown.get(conversationId) === notification) shown.delete(conversationId)
      })
      shown.set(conversationId, notification)
      notification.show()
    },
    clear() {
      for (const conversationId of [...shown.keys()]) drop(conversationId)
    },
  }
}
