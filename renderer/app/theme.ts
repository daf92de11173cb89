// Theme, density and language follow the preferences; `system` follows the system while the desk runs.
import { onStates, statesNow } from '../store/states.ts'
import { speak } from './i18n.ts'

const dark = matchMedia('(prefers-color-scheme: dark)')

function apply(): void {
  const { preferences } = statesNow()
  if (!preferences) return
  const { theme, density, language } = preferences
  const root = document.documentElement
  root.dataset.theme = theme === 'system' ? (dark.matches ? 'dark' : 'light') : theme
  root.dataset.density = density
  speak(language)
}

/** Called once, by main.tsx, before anything is drawn. */
export function followPreferences(): void {
  dark.addEventListener('change', apply)
  addEventListener('languagechange', apply)
  onStates((now, before) => {
    if (now.preferences !== before.preferences) apply()
  })
  apply()
}
