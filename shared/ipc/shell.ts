import type { PopOutPlace } from './pop-out.ts'

/**
 * What Electron's preload adds to the page, as `window.skein`; in the browser preview it is absent and the page opens a
 * WebSocket at `/port` instead (wire.ts). Everything else goes through the contract.
 */
export interface ShellBridge {
  platform: 'win32' | 'darwin' | 'linux'
  /** The system's language tag, such as `zh-CN`. */
  locale: string
  /**
   * Asks for a port to the core. It arrives as a message of the window to itself: `event.data === portMessage`, the MessagePort
   * in `event.ports[0]`. When the core restarts the port closes: ask again.
   */
  connect(): void
  /** A deep link or a clicked notification wants this shown; one listener. The latest that came before is given at once. */
  onNavigate(listener: (to: Destination) => void): void
  /** Shows a conversation in a window of its own; in the one that it has already, if it has. */
  popOut(place: PopOutPlace): void
}

export interface Destination {
  customerId: string
  conversationId: string | null
}

export const portMessage = 'skein:port'
