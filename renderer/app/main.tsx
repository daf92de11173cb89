import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { onNavigate } from '../bridge.ts'
import { listenForGesture } from '../features/attention/sound/player.ts'
import { followCore } from '../store/states.ts'
import { open } from '../store/view.ts'
import { App } from './app.tsx'
import { followMachine } from './awake.ts'
import './base.css'
import { rememberFocus } from './columns.ts'
import { listenToKeys } from './keys/use-key.ts'
import { followPreferences } from './theme.ts'

followCore()
followMachine()
followPreferences()
listenToKeys()
listenForGesture()
rememberFocus()
onNavigate(open)

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
