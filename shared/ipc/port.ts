/**
 * A pipe between renderer and core: a MessagePort in Electron, a WebSocket in the browser preview. Carries what structured
 * clone can: plain data and Uint8Array.
 */
export interface Port {
  post(message: unknown): void
  /** At most one listener. Messages that came before it was set are given to it in order. */
  onMessage(listener: (message: unknown) => void): void
  onClose(listener: () => void): void
  close(): void
}
