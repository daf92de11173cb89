// One desk per profile: a second start hands its link to the first, which comes to the front, and ends.
import type { Destination } from '#shared/ipc/shell.ts'
import { deepLinkAmong, parseDeepLink } from './deep-link.ts'
import type { ElectronModule } from './electron-module.ts'

/**
 * @param arrive called for every later start and for every link that the system hands over
 * @returns false when another desk is running already: then this one has asked to quit
 */
export const holdSingleInstance = (
  electron: ElectronModule,
  arrive: (to: Destination | undefined) => void,
): boolean => {
  const { app } = electron
  if (!app.requestSingleInstanceLock()) {
    app.quit()
    return false
  }
  app.on('second-instance', (_event, argv) => arrive(deepLinkAmong(argv)))
  // macOS: links come as an event, before or after the window is there.
  app.on('open-url', (event, url) => {
    event.preventDefault()
    const to = parseDeepLink(url)
    if (to !== undefined) arrive(to)
  })
  return true
}
