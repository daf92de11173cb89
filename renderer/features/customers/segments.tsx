import { Users } from 'lucide-react'
import type { Segment } from '#shared/model/segment.ts'
import { everybody } from '#shared/model/segment.ts'
import { useWords } from '../../app/i18n.ts'
import { useLive, useLiveOne } from '../../store/live.ts'
import { bringToFront } from '../../store/view.ts'
import { Icon } from '../../ui/icon.tsx'
import { CatchUp } from '../sync/catch-up.tsx'
import { useAge } from '../sync/use-age.ts'
import { showSegment, useList } from './list.ts'
import '../../ui/side-line.css'
import './segments.css'
import { numberText } from '../../ui/numbers.ts'
import { words } from './words.ts'

/** The side list: everybody, the team's segments, one's own, each with how many there are now. */
export function Segments() {
  const t = useWords(words)
  const { rows } = useLive('segments', {})
  const age = useAge()
  const own = rows.filter(({ agentId }) => agentId !== null)
  const team = rows.filter(({ agentId }) => agentId === null)
  return (
    <nav className="segments" aria-label={t('segments')} data-old={age !== null || undefined}>
      <h2 className="segments-title">{t('title')}</h2>
      <ul>
        <Line segment={null} />
      </ul>
      {team.length > 0 && <Group title={t('team-segments')} segments={team} />}
      {own.length > 0 && <Group title={t('own-segments')} segments={own} />}
      {rows.length === 0 && <p className="segments-hint meta">{t('no-segments')}</p>}
      <span className="grow" />
      <CatchUp />
    </nav>
  )
}

const Group = ({ title, segments }: { title: string; segments: readonly Segment[] }) => (
  <section aria-label={title}>
    <h3 className="segments-group">{title}</h3>
    <ul>
      {segments.map(segment => (
        <Line key={segment.id} segment={segment} />
      ))}
    </ul>
  </section>
)

function Line({ segment }: { segment: Segment | null }) {
  const t = useWords(words)
  const chosen = useList(list => list.segmentId === (segment?.id ?? null))
  const count = useLiveOne('customerCount', {
    filter: { where: segment?.where ?? everybody, text: '' },
  })?.count
  return (
    <li>
      <button
        type="button"
        className="side-line"
        aria-current={chosen || undefined}
        data-column-entry={chosen ? '' : undefined}
        onClick={() => {
          showSegment(segment)
          bringToFront('main')
        }}
      >
        {segment ? (
          <i className="side-dot" data-team={segment.agentId === null || undefined} />
        ) : (
          <Icon of={Users} />
        )}
        <span className="trunc">{segment?.name ?? t('everybody')}</span>
        <span className="side-count num">{count === undefined ? '' : numberText(count)}</span>
      </button>
    </li>
  )
}
