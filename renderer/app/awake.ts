// What the machine tells of its nights: its network is back, its clock went on without us.
import { link } from '../bridge.ts'
import { catchUp } from '../ui/clock.ts'

/** Called once, by main.tsx. */
export function followMachine(): void {
  addEventListener('online', () => void link.request('retryNow', {}))
  link.on('beat', catchUp)
}
