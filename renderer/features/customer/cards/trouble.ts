import type { CardTrouble } from '#shared/model/card.ts'
import type { Say } from '../../../app/i18n.ts'
import { clockTime } from '../../../ui/time.ts'
import type { words } from './words.ts'

/** Why another system gave no card, in a sentence. */
export function troubleText({ kind, status, retryAt }: CardTrouble, tell: Say<typeof words>): string {
  if (kind === 'limited') return tell(kind, { time: clockTime(retryAt ?? 0) })
  if (kind === 'failed' && status !== undefined) return tell('failed-status', { status })
  return tell(kind)
}
