// Conversations in windows of their own: each has one, which is where it was the last time, and is there again after a restart. Only
// places and ids are kept on the disk.
import { readFileSync, writeFileSync } from 'node:fs'
import type { BrowserWindow, WebContents } from 'electron'
import { z } from 'zod'
import { PopOutPlace } from '#shared/ipc/pop-out.ts'
import { popOutAddress } from './address.ts'
import { channels } from './channels.ts'
import { fromOurPage } from './security.ts'
import { bringToFront, createWindow, type WindowDeps, workAreas } from './window.ts'
import { Bounds, fitBounds } from './window-state.ts'

export interface PopOutDeps extends Omit<WindowDeps, 'stateFile'> {
  file: string
  /** Whether a page that asks is the main window's. */
  ours(contents: WebContents): boolean
}

export interface PopOuts {
  /** Brings the window of a conversation to the front. @returns false: it has none */
  show(conversationId: string): boolean
  has(contents: WebContents): boolean
  focused(): boolean
  /** Those that were there when the desk ended; once. */
  restore(): void
  /** Nobody sits here any more: none is left, and none comes back. */
  forget(): void
}

const smallest = { width: 480, height: 480 }
const usual = { width: 940, height: 760 }
/** More windows than anybody can look at were not opened by hand. */
const MOST = 20

const State = z.object({
  /** Of the one that was moved last: where the next one opens. */
  last: Bounds.nullable(),
  open: z.array(PopOutPlace.extend({ bounds: Bounds })).max(MOST),
})
type State = z.infer<typeof State>

export const createPopOuts = (deps: PopOutDeps): PopOuts => {
  const { electron } = deps
  const windows = new Map<string, { place: PopOutPlace; window: BrowserWindow }>()
  let state = readState(deps.file)
  let leaving = false
  let restored = false

  const keep = (): void => {
    if (leaving) return
    const open = [...windows.values()]
      .filter(({ window }) => !window.isDestroyed())
      .map(({ place, window }) => ({ ...place, bounds: window.getNormalBounds() }))
    state = { last: open.at(-1)?.bounds ?? state.last, open }
    try {
      writeFileSync(deps.file, JSON.stringify(state))
    } catch {
      // A full disk must not keep a window from moving.
    }
  }

  const show = (conversationId: string): boolean => {
    const known = windows.get(conversationId)
    if (known) bringToFront(known.window)
    return known !== undefined
  }

  const open = (place: PopOutPlace, bounds: Bounds | null): void => {
    if (show(place.conversationId) || windows.size >= MOST) return
    const fitting = fitBounds(bounds ?? usual, workAreas(electron), smallest)
    const window = createWindow(deps, fitting, smallest, popOutAddress(place))
    windows.set(place.conversationId, { place, window })
    window.on('resized', keep)
    window.on('moved', keep)
    window.on('close', () => {
      keep() // afterwards it has no bounds
      // A desk that quits leaves the list as it is.
      leaving = deps.quitting()
    })
    window.on('closed', () => {
      windows.delete(place.conversationId)
      keep()
    })
    keep()
  }

  electron.ipcMain.on(channels.popOut, (event, given: unknown) => {
    const ours = deps.ours(event.sender) || has(event.sender)
    const place = PopOutPlace.safeParse(given)
    if (fromOurPage(event) && ours && place.success) open(place.data, beside(state.last))
  })
  const has = (contents: WebContents): boolean =>
    [...windows.values()].some(({ window }) => window.webContents === contents)

  return {
    show,
    has,
    focused: () => [...windows.values()].some(({ window }) => window.isFocused()),
    restore() {
      if (restored) return
      restored = true
      for (const { bounds, ...place } of [...state.open]) open(place, bounds)
    },
    forget() {
      for (const { window } of [...windows.values()]) window.destroy()
      state = { ...state, open: [] }
    },
  }
}

/** The next one does not hide the last. */
const beside = (bounds: Bounds | null): Bounds | null =>
  bounds && { ...bounds, x: bounds.x + 24, y: bounds.y + 24 }

const readState = (file: string): State => {
  try {
    return State.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return { last: null, open: [] } // missing or damaged
  }
}
