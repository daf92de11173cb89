import { AlarmClock, AlarmClockOff } from 'lucide-react'
import type { Conversation } from '#shared/model/conversation.ts'
import { useWords } from '../../app/i18n.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { Popover } from '../../ui/popover.tsx'
import { weekendHere } from '../times/calendar.ts'
import { Times } from '../times/times.tsx'
import { reopen } from './actions.ts'
import { snoozeChoices } from './snooze.ts'
import { words } from './words.ts'

/** Out of sight until a time, or until the customer writes. */
export function SnoozeMenu({
  conversation,
  open,
  onOpenChange,
  onChoose,
}: {
  conversation: Conversation
  open: boolean
  onOpenChange: (open: boolean) => void
  onChoose: (until: number) => void
}) {
  const say = useWords(words)
  return (
    <Popover
      open={open}
      onOpenChange={onOpenChange}
      align="end"
      label={say('snooze')}
      trigger={<IconButton icon={AlarmClock} label={say('snooze')} shortcut="snooze" />}
    >
      {open && (
        <SnoozeTimes
          onChoose={until => {
            onOpenChange(false)
            onChoose(until)
          }}
          onWake={
            conversation.status === 'snoozed'
              ? () => {
                  onOpenChange(false)
                  void reopen(conversation)
                }
              : undefined
          }
        />
      )}
    </Popover>
  )
}

/** @param onWake back into sight at once; absent: it is in sight */
export function SnoozeTimes({
  onChoose,
  onWake,
}: {
  onChoose: (until: number) => void
  onWake?: (() => void) | undefined
}) {
  const say = useWords(words)
  return (
    <Times
      label={say('snooze')}
      icon={AlarmClock}
      times={now =>
        snoozeChoices(now, weekendHere()).map(({ name, at }) => ({ label: say(`snooze-${name}`), at }))
      }
      own={say('snooze-set')}
      first={onWake && { label: say('snooze-wake'), icon: AlarmClockOff, run: onWake }}
      onChoose={onChoose}
    />
  )
}
