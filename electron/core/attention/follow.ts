import type { Alert } from '#shared/queries/index.ts'
import type { Live } from '../replica/live.ts'
import type { Attention } from './attention.ts'

/** Feeds the rows of `alerts` to a desk's attention; what they are now is what the desk finds, and no news. @returns ends it */
export function followAlerts(live: Live, attention: Attention): () => void {
  let rows = new Map<string, Alert>()
  let first = true
  const stand = (): void => {
    attention.stand([...rows.values()], first)
    first = false
  }
  const stop = live.subscribe(
    'alerts',
    {},
    {
      snapshot(all) {
        rows = new Map((all as Alert[]).map(alert => [alert.id, alert]))
        stand()
      },
      difference({ put, drop }) {
        for (const id of drop) rows.delete(id)
        for (const alert of put as Alert[]) rows.set(alert.id, alert)
        stand()
      },
      failed() {}, // asked again with the next change; a damaged replica is noticed by whoever reads it
    },
  )
  return () => {
    stop()
    attention.stop()
  }
}
