import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { onNavigate, popOutHere } from '../bridge.ts'
import { listenForGesture } from '../features/attention/sound/player.ts'
import { followCore } from '../store/states.ts'
import { forgetPlaces, open } from '../store/view.ts'
import { noteWhereFocusIs } from '../ui/give-back.ts'
import { App } from './app.tsx'
import { followMachine } from './awake.ts'
import './base.css'
import { rememberFocus } from './columns.ts'
import { keepInputMethodsEscape } from './keys/input-method.ts'
import { listenToKeys } from './keys/use-key.ts'
import { followPreferences } from './theme.ts'
import { noteTroubles } from './troubles.ts'

keepInputMethodsEscape()
followCore()
followMachine()
followPreferences()
listenToKeys()
listenForGesture()
rememberFocus()
noteWhereFocusIs()
noteTroubles()
onNavigate(open)
const own = popOutHere()
if (own) {
  // A browser gives a new window what the one it came from keeps.
  forgetPlaces()
  open(own)
}

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
