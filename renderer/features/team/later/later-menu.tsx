import { CalendarClock } from 'lucide-react'
import type { ReactNode } from 'react'
import { useWords } from '../../../app/i18n.ts'
import { Popover } from '../../../ui/popover.tsx'
import { weekendHere } from '../../times/calendar.ts'
import { Times } from '../../times/times.tsx'
import { laterChoices } from './choices.ts'
import './later.css'
import { words } from './words.ts'

/**
 * Chooses when a message leaves.
 *
 * @param zone where the customer is, by IANA; empty: unknown
 */
export function LaterMenu({
  trigger,
  zone,
  open,
  onOpenChange,
  onChoose,
  giveBack,
  first,
}: {
  trigger: ReactNode
  zone: string
  open: boolean
  onOpenChange: (open: boolean) => void
  onChoose: (at: number) => void
  giveBack?: () => void
  /** What else can be chosen, before the times. */
  first?: { label: string; run: () => void }
}) {
  const say = useWords(words)
  return (
    <Popover
      trigger={trigger}
      label={say('choose-time')}
      align="end"
      side="top"
      open={open}
      onOpenChange={onOpenChange}
      {...(giveBack ? { giveBack } : {})}
    >
      {open && (
        <Times
          label={say('choose-time')}
          icon={CalendarClock}
          times={now =>
            laterChoices(now, zone, weekendHere()).map(({ name, at }) => ({ label: say(name), at }))
          }
          own={say('own-set')}
          hint={say('hint')}
          first={first}
          onChoose={at => {
            onOpenChange(false)
            onChoose(at)
          }}
        />
      )}
    </Popover>
  )
}
