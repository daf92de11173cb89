// The passphrase window's only way out: try one.
import { contextBridge, ipcRenderer } from 'electron'
import { channels } from './channels.ts'

contextBridge.exposeInMainWorld('passphrase', {
  open: (passphrase: string): Promise<boolean> => ipcRenderer.invoke(channels.passphrase, passphrase),
})
