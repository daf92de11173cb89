// All that the page gets from Electron (sandboxed, context-isolated): a way to ask for its port, and where it is told to go.
// MessagePorts cannot pass the context bridge, so the port is handed over as a message of the window to itself.
import { contextBridge, ipcRenderer } from 'electron'
import { type Destination, portMessage, type ShellBridge } from '../shared/ipc/shell.ts'
import { channels } from './shell/channels.ts'

let listener: ((to: Destination) => void) | undefined
let early: Destination | undefined

ipcRenderer.on(channels.port, event => {
  window.postMessage(portMessage, window.location.origin, [...event.ports])
})

ipcRenderer.on(channels.navigate, (_event, to: Destination) => {
  if (listener === undefined) early = to
  else listener(to)
})

const bridge: ShellBridge = {
  platform: process.platform as ShellBridge['platform'],
  locale: navigator.language,
  connect: () => ipcRenderer.send(channels.connect),
  onNavigate(next) {
    listener = next
    if (early !== undefined) next(early)
    early = undefined
  },
  popOut: place => ipcRenderer.send(channels.popOut, place),
}

contextBridge.exposeInMainWorld('skein', bridge)
