import { popOutHere } from '../bridge.ts'
import { useDesk, usePreferences } from '../store/states.ts'
import { dismissToast, useToasts } from '../store/toasts.ts'
import { Announcer } from '../ui/announce.tsx'
import { Toasts } from '../ui/toast.tsx'
import { TooltipProvider } from '../ui/tooltip.tsx'
import { Boundary } from './boundary.tsx'
import { Closed } from './closed.tsx'
import { Opening } from './opening.tsx'
import { SignIn } from './parts.tsx'
import { PopOut } from './pop-out.tsx'
import { Shell } from './shell.tsx'

/** Nothing is drawn before theme and language are known; the core tells them first thing. */
export function App() {
  const preferences = usePreferences()
  if (!preferences) return null
  return (
    <TooltipProvider>
      <Boundary>
        <Desk />
      </Boundary>
      <Foot />
      <Announcer />
    </TooltipProvider>
  )
}

function Desk() {
  const desk = useDesk()
  switch (desk?.phase) {
    case undefined:
    case 'opening':
      return <Opening />
    case 'signed-out':
      return <SignIn />
    case 'locked':
    case 'refused':
      return <Closed desk={desk} />
    case 'signed-in':
      return popOutHere() ? <PopOut /> : <Shell />
  }
}

function Foot() {
  const toasts = useToasts()
  return <Toasts toasts={toasts} onGone={dismissToast} />
}
