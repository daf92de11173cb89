// Hands a window its port to the core, when it asks: only the top frame of our own page, in one of our own windows, gets one.
import type { WebContents } from 'electron'
import { channels } from './channels.ts'
import type { CoreProcess } from './core-process.ts'
import type { ElectronModule } from './electron-module.ts'
import { fromOurPage } from './security.ts'

export const handPorts = (
  electron: ElectronModule,
  ours: (contents: WebContents) => boolean,
  core: Pick<CoreProcess, 'connect'>,
): void => {
  electron.ipcMain.on(channels.connect, event => {
    if (!fromOurPage(event) || !ours(event.sender)) return
    const { port1, port2 } = new electron.MessageChannelMain()
    core.connect(port1)
    event.senderFrame?.postMessage(channels.port, null, [port2])
  })
}
