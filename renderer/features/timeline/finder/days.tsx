import { useWords } from '../../../app/i18n.ts'
import { useNow } from '../../../ui/clock.ts'
import { Popover } from '../../../ui/popover.tsx'
import { dateText } from '../../../ui/time.ts'
import { DayField } from '../../times/day-field.tsx'
import { Choice } from './choices.tsx'
import { type Chosen, daysFit, filterOf, lastDays } from './filter.ts'
import { words } from './words.ts'

const RECENT = [7, 30, 365] as const

/** From which day to which, both in it. */
export function Days({ chosen, choose }: { chosen: Chosen; choose: (change: Partial<Chosen>) => void }) {
  const say = useWords(words)
  const now = useNow()
  const { fromDay, untilDay } = chosen
  const { from, until } = filterOf(chosen)
  const [first, last] = [from === null ? '' : dateText(from), until === null ? '' : dateText(until - 1)]
  const text =
    first && last
      ? say('days-range', { from: first, until: last })
      : first
        ? say('from-day', { day: first })
        : last
          ? say('until-day', { day: last })
          : ''
  return (
    <Popover label={say('days')} trigger={<Choice of={text ? [text] : []} name={say('days')} />}>
      <div className="find-days">
        <div className="find-recent">
          <Recent
            on={fromDay === '' && untilDay === ''}
            name={say('any-time')}
            onChoose={() => choose({ fromDay: '', untilDay: '' })}
          />
          {RECENT.map(count => (
            <Recent
              key={count}
              on={untilDay === '' && fromDay === lastDays(count, now).fromDay}
              name={say('last-days', { count })}
              onChoose={() => choose(lastDays(count, now))}
            />
          ))}
        </div>
        <div className="find-ends">
          <DayField
            label={say('from')}
            value={fromDay}
            toward="past"
            onChange={day => choose({ fromDay: day ?? '' })}
          />
          <DayField
            label={say('until')}
            value={untilDay}
            toward="past"
            error={daysFit(chosen) ? undefined : say('days-wrong')}
            onChange={day => choose({ untilDay: day ?? '' })}
          />
        </div>
      </div>
    </Popover>
  )
}

const Recent = ({ on, name, onChoose }: { on: boolean; name: string; onChoose: () => void }) => (
  <button
    type="button"
    className={on ? 'find-choice find-chosen' : 'find-choice'}
    aria-pressed={on}
    onClick={onChoose}
  >
    {name}
  </button>
)
