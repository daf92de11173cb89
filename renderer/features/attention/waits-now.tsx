import { CornerUpLeft, MessageCircle, Phone } from 'lucide-react'
import type { Alert } from '#shared/queries/index.ts'
import { useWords } from '../../app/i18n.ts'
import { Icon } from '../../ui/icon.tsx'
import { listText, numberText } from '../../ui/numbers.ts'
import { Tooltip } from '../../ui/tooltip.tsx'
import { interruptFor, leadBack, type Place, useWaitingNow, useWayBack } from './to-who-waits.ts'
import './waits-now.css'
import { words } from './words.ts'

/** So many are named. */
const NAMED = 3

/**
 * Who waits at the other end of a chat or a telephone, in sight for as long as it rings and in every width of the window; then the way back
 * to what one was at. A word in the corner goes by itself, and a sound does not say whose it is.
 *
 * @param go leads to a conversation, from this window
 */
export function WaitsNow({ go }: { go: (to: Place) => void }) {
  const t = useWords(words)
  const waiting = useWaitingNow()
  const wayBack = useWayBack()
  const [first] = waiting
  if (!first && !wayBack) return null
  const lead = (): void => {
    if (first) interruptFor(go, first)
    else if (wayBack) leadBack(go, wayBack)
  }
  const label = first ? sentenceOf(waiting, t) : t('go-back')
  const calls = waiting.some(({ family }) => family === 'phone')
  return (
    <Tooltip label={label} side="right" shortcut="next-waiting">
      <button
        type="button"
        className={`rail-place waits-now ${!first ? '' : calls ? 'c-phone' : 'c-chat'}`}
        aria-label={label}
        onClick={lead}
      >
        <Icon of={!first ? CornerUpLeft : calls ? Phone : MessageCircle} size="l" />
        {/* The name says how many; a number drawn beside it is no part of the name. */}
        {first && <span className="waits-now-count num" data-count={numberText(waiting.length)} />}
      </button>
    </Tooltip>
  )
}

function sentenceOf(waiting: readonly Alert[], t: ReturnType<typeof useWords<typeof words>>): string {
  const all = [...new Set(waiting.map(({ customerName }) => customerName || t('someone')))]
  const first = listText(all.slice(0, NAMED))
  const rest = all.length - NAMED
  const names = rest > 0 ? t('and-more', { names: first, count: rest }) : first
  return t('waits-now', { count: waiting.length, names })
}
