// Which page of the settings is shown, and whether signing out is asked about. Apart from what shows it, which is read later.
import { create } from 'zustand'

export type SettingsPage =
  | 'general'
  | 'notifications'
  | 'macros'
  | 'keyboard'
  | 'help'
  | 'inboxes'
  | 'customer-fields'
  | 'connections'

/** Null: the settings are closed. */
export const useSettings = create<{ page: SettingsPage | null }>(() => ({ page: null }))

export const openSettings = (page: SettingsPage = 'general'): void => useSettings.setState({ page })
export const closeSettings = (): void => useSettings.setState({ page: null })

export const useSignOut = create(() => ({ asked: false }))
export const askToSignOut = (): void => useSignOut.setState({ asked: true })
export const stay = (): void => useSignOut.setState({ asked: false })
