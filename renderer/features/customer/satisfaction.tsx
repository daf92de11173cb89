import type { Rating } from '#shared/model/rating.ts'
import { useWords } from '../../app/i18n.ts'
import { open } from '../../store/view.ts'
import { PanelPart } from './part.tsx'
import './satisfaction.css'
import { listText, tenthsText } from '../../ui/numbers.ts'
import { satisfactionOf } from './satisfaction.ts'
import type { Selected } from './selected.ts'
import { words } from './words.ts'

/** What they said after conversations that were closed. Not there for those who have said nothing. */
export function SatisfactionPart({ selected }: { selected: Selected }) {
  const say = useWords(words)
  const satisfaction = satisfactionOf(selected.conversations)
  if (!satisfaction) return null
  const { average, ratings } = satisfaction
  const latest = ratings.at(-1)!
  const where = selected.conversations.find(({ rating }) => rating?.itemId === latest.itemId)
  return (
    <PanelPart
      id="satisfaction"
      title={say('satisfaction')}
      aside={<span>{say('ratings', { count: ratings.length })}</span>}
    >
      <button
        type="button"
        className="satisfaction"
        title={say('show-rating')}
        onClick={() =>
          open({
            customerId: selected.customerId,
            conversationId: where?.id ?? null,
            itemId: latest.itemId,
          })
        }
      >
        <b className="num">{tenthsText(average)}</b>
        <span className="faint">{say('of-five')}</span>
        {ratings.length > 1 && <Course ratings={ratings} />}
      </button>
    </PanelPart>
  )
}

const WIDTH = 108
const HEIGHT = 28
const EDGE = 4
const BAD = 2

/** How it went, from the oldest to the latest; a bad one stands out, and the latest is where one looks first. */
function Course({ ratings }: { ratings: readonly Rating[] }) {
  const say = useWords(words)
  const step = (WIDTH - 2 * EDGE) / (ratings.length - 1)
  const points = ratings.map(({ score, itemId }, index) => ({
    key: itemId,
    score,
    x: EDGE + index * step,
    y: EDGE + ((5 - score) / 4) * (HEIGHT - 2 * EDGE),
  }))
  return (
    <svg
      className="satisfaction-course"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      width={WIDTH}
      height={HEIGHT}
      role="img"
      aria-label={say('course', { scores: listText(ratings.map(({ score }) => String(score))) })}
    >
      <polyline points={points.map(({ x, y }) => `${x},${y}`).join(' ')} />
      {points
        .filter(({ score }, index) => score <= BAD || index === points.length - 1)
        .map(({ key, score, x, y }) => (
          <circle key={key} cx={x} cy={y} r={3} data-bad={score <= BAD || undefined} />
        ))}
    </svg>
  )
}
