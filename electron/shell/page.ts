// Serves the built renderer under skein-app://desk/ inside one session; file:// is never used.
import type { Session } from 'electron'
import { type PageFile, readPageFile } from '../page/files.ts'
import { pageHeaders } from '../page/headers.ts'
import { isOurPage, pageScheme } from './address.ts'
import type { ElectronModule } from './electron-module.ts'

/** Must run before the app is ready: makes the scheme a secure origin of its own, with module scripts and fetch. */
export const registerPageScheme = (electron: ElectronModule): void => {
  electron.protocol.registerSchemesAsPrivileged([
    { scheme: pageScheme, privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
  ])
}

/** @param own pages of the shell itself by path; everything else comes from the folder */
export const servePage = (session: Session, folder: string, own: ReadonlyMap<string, PageFile>): void => {
  session.protocol.handle(pageScheme, async request => {
    if (!isOurPage(request.url) || request.method !== 'GET')
      return new Response(null, { status: 404, headers: pageHeaders() })
    const { pathname } = new URL(request.url)
    const file = own.get(pathname) ?? (await readPageFile(folder, pathname))
    if (file === undefined) return new Response(null, { status: 404, headers: pageHeaders() })
    return new Response(file.body, { headers: { ...pageHeaders(), 'Content-Type': file.type } })
  })
}
