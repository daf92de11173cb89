// The security baseline of the shell: deny first. Each rule stands alone and is asserted by tests/shell/security.test.ts.
import type { Session, WebContents } from 'electron'
import { isOurPage, mayLeave, pageScheme } from './address.ts'
import type { ElectronModule } from './electron-module.ts'

/** Options of every window; nothing else may set webPreferences. */
export const webPreferences = (preload: string, session: Session) => ({
  preload,
  session,
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  safeDialogs: true,
  // Elsewhere the system checks the spelling; on Linux Chromium would fetch dictionaries from the network (spelling.ts).
  spellcheck: process.platform !== 'linux',
  // A customer who waits is heard while the window is hidden, and before anybody has clicked in it.
  backgroundThrottling: false,
  autoplayPolicy: 'no-user-gesture-required' as const,
})

/** Copying to the clipboard by a click is all that the page may ask for. */
const granted = new Set(['clipboard-sanitized-write'])

/** In memory: nothing the page caches or stores is ever written to disk. */
export const openSession = (electron: ElectronModule): Session => {
  const session = electron.session.fromPartition('desk', { cache: false })
  const may = (permission: string, address: string): boolean => granted.has(permission) && isOurPage(address)
  session.setPermissionRequestHandler((_contents, permission, answer, details) =>
    answer(may(permission, details.requestingUrl)),
  )
  session.setPermissionCheckHandler((_contents, permission, origin) => may(permission, origin))
  session.setDevicePermissionHandler(() => false)
  // The page needs no network: everything comes from the core. This also stops whatever a mail might try to load.
  session.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !isLocal(url) }))
  session.on('will-download', (event, item) => {
    if (!item.getURL().startsWith(`blob:${pageScheme}://desk/`)) event.preventDefault()
  })
  return session
}

const isLocal = (address: string): boolean => {
  if (isOurPage(address)) return true
  const protocol = URL.parse(address)?.protocol
  return protocol === 'blob:' || protocol === 'data:' || protocol === 'devtools:'
}

/** Rules for everything that shows a page, whoever opened it. */
export const guardContents = (electron: ElectronModule): void => {
  electron.app.on('web-contents-created', (_event, contents) => {
    const stay = (event: { preventDefault(): void; url: string }): void => {
      if (!isOurPage(event.url)) event.preventDefault()
    }
    contents.on('will-navigate', stay)
    contents.on('will-redirect', stay)
    contents.on('will-frame-navigate', event => {
      // A mail's frame is a document of its own (srcdoc); a link in it opens outside or not at all.
      if (event.url !== 'about:srcdoc') stay(event)
    })
    contents.on('will-attach-webview', event => event.preventDefault())
    contents.setWindowOpenHandler(({ url }) => {
      leave(electron, url)
      return { action: 'deny' }
    })
  })
  // A certificate that does not verify is never accepted, a page never asks for a client certificate or a password.
  electron.app.on('certificate-error', (event, _contents, _url, _error, _certificate, answer) => {
    event.preventDefault()
    answer(false)
  })
  electron.app.on('login', event => event.preventDefault())
}

/** Opens a page, a mail address or a phone number outside; everything else is dropped. */
export const leave = (electron: ElectronModule, address: string): void => {
  if (mayLeave(address)) void electron.shell.openExternal(address)
}

interface Sender {
  sender: WebContents
  senderFrame: { url: string } | null
}

/** True only for messages from the top frame of our own page: not from a mail's frame, not from a window in between pages. */
export const fromOurPage = (event: Sender): boolean =>
  event.senderFrame !== null &&
  event.senderFrame === event.sender.mainFrame &&
  isOurPage(event.senderFrame.url)
