import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { Failed } from '../../app/failed.tsx'
import { useLive } from '../../store/live.ts'
import { useHere, useIsActive } from '../../store/pane.ts'
import { useMyId } from '../../store/states.ts'
import { itemShown } from '../../store/view.ts'
import { Empty } from '../../ui/empty.tsx'
import { familyOf, useChannels } from '../customer/names.ts'
import { type Selected, useSelected } from '../customer/selected.ts'
import { HandoverNote } from '../team/handover/handover-note.tsx'
import { useTimelineWords } from './context.ts'
import { everything } from './finder/filter.ts'
import { FinderBar, NothingFits } from './finder/finder.tsx'
import { useFinder } from './finder/use-finder.ts'
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
  const [sought, setSought] = useState<string | null>(null)
  const finder = useFinder(customerId, setSought)
  const { filter } = finder
  const args = { customerId, limit, ...(around === null ? {} : { around }), ...(filter ? { filter } : {}) }
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
        filtered: filter !== undefined,
      }),
    [entries, coverage, channels, marks.opened, me, more, limit, filter],
  )
  const raise = useCallback(() => setLimit(now => Math.min(now + STEP, MOST)), [])

  // While another choice is read the rows are still those of the one before.
  const chosen = JSON.stringify(filter ?? null)
  const shownFor = useRef(chosen)
  if (!loading) shownFor.current = chosen
  const settled = shownFor.current === chosen
  // biome-ignore lint/correctness/useExhaustiveDependencies: another choice is another timeline, and opens at its end
  useEffect(() => setAround(null), [chosen])

  const { choose } = finder
  const reveal = useCallback(
    (itemId: string): void => {
      choose(everything)
      setSought(itemId)
    },
    [choose],
  )
  // Something outside asks for an item, which the choice may have left out.
  const linked = useHere('itemId')
  const active = useIsActive()
  const hidden = linked !== null && filter !== undefined
  useEffect(() => {
    if (hidden) choose(everything)
  }, [hidden, choose])
  const shown = useCallback((): void => {
    itemShown(active)
    setSought(null)
  }, [active])

  if (fault && entries.length === 0)
    return (
      <div className="tl-empty">
        <Failed title={say('fault-title')} fault={fault} />
      </div>
    )
  return (
    <>
      {selected.conversation && <HandoverNote conversation={selected.conversation} />}
      {finder.open && (
        <FinderBar
          finder={finder}
          selected={selected}
          olderOnHub={coverage.some(({ fromSeq }) => fromSeq > 1)}
          seek={setSought}
        />
      )}
      {!ready ? (
        <TimelineSkeleton label={say('loading')} />
      ) : entries.length > 0 ? (
        <Scroll
          key={shownFor.current}
          selected={selected}
          rows={rows}
          loading={loading}
          onMore={more && !loading && limit < MOST ? raise : null}
          onRead={filter ? nothingRead : marks.seen}
          around={around}
          setAround={setAround}
          wanted={settled && !hidden ? (linked ?? sought) : null}
          onWantedShown={shown}
          searched={finder.open ? finder.text : ''}
          onReveal={filter ? reveal : null}
        />
      ) : (
        <div className="tl-empty">
          {filter ? (
            <NothingFits onClear={() => choose(everything)} />
          ) : (
            <Empty knot title={say('empty')}>
              {customer?.name ? say('empty-hint', { name: customer.name }) : say('empty-hint-nobody')}
            </Empty>
          )}
        </div>
      )}
    </>
  )
}

/** What a filter leaves out has not been seen, though later entries are. */
const nothingRead = (): void => undefined
