import { useCallback, useMemo, useState } from 'react'
import { faultSentence } from '../../app/faults.ts'
import { useLive } from '../../store/live.ts'
import { useMyId } from '../../store/states.ts'
import { Empty } from '../../ui/empty.tsx'
import { familyOf, useChannels } from '../customer/names.ts'
import { type Selected, useSelected } from '../customer/selected.ts'
import { useTimelineWords } from './context.ts'
import { Scroll } from './scroll.tsx'
import { threadRows } from './thread.ts'
import { TimelineSkeleton } from './timeline-skeleton.tsx'
import { useReadMarks } from './use-read-marks.ts'

const FIRST = 80
const STEP = 200
/** More at once would be slow to order; what lies before is looked at from its own place. */
const MOST = 2000

/** One scroll over all channels of the customer that is open. */
export function Timeline() {
  const selected = useSelected()
  // A place in the scroll belongs to one customer.
  return selected && <OfCustomer key={selected.customerId} selected={selected} />
}

function OfCustomer({ selected }: { selected: Selected }) {
  const say = useTimelineWords()
  const { customerId, customer } = selected
  const [limit, setLimit] = useState(FIRST)
  const [around, setAround] = useState<string | null>(null)
  const args = { customerId, limit, ...(around === null ? {} : { around }) }
  const { rows: entries, loading, fault } = useLive('timeline', args, { keep: true })
  const { rows: coverage } = useLive('coverage', { customerId })
  const marks = useReadMarks(customerId)
  const channels = useChannels()
  const me = useMyId()
  const ready = entries.length > 0 ? marks.opened !== null : !loading

  // Half of the entries about an item lie before it, the item among them; without one they all lie before the end.
  const before = around === null ? entries.length : entries.findIndex(({ item }) => item.id === around) + 1
  const more = loading || before >= (around === null ? limit : Math.ceil(limit / 2))
  const rows = useMemo(
    () =>
      threadRows({
        entries,
        coverage,
        familyOf: channel => familyOf(channels, channel),
        readSeq: id => marks.opened?.(id),
        me,
        more,
        most: limit >= MOST,
      }),
    [entries, coverage, channels, marks.opened, me, more, limit],
  )
  const raise = useCallback(() => setLimit(now => Math.min(now + STEP, MOST)), [])

  if (fault && entries.length === 0) return <Empty title={say('fault-title')}>{faultSentence(fault)}</Empty>
  if (!ready) return <TimelineSkeleton label={say('loading')} />
  if (entries.length === 0)
    return (
      <div className="tl-empty">
        <Empty knot title={say('empty')}>
          {customer?.name ? say('empty-hint', { name: customer.name }) : say('empty-hint-nobody')}
        </Empty>
      </div>
    )
  return (
    <Scroll
      selected={selected}
      rows={rows}
      loading={loading}
      onMore={more && !loading && limit < MOST ? raise : null}
      onRead={marks.seen}
      around={around}
      setAround={setAround}
    />
  )
}
