import { CircleAlert, RotateCw } from 'lucide-react'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { Fault } from '#shared/protocol/fault.ts'
import type { CustomerCard } from '#shared/queries/index.ts'
import { faultSentence } from '../../../app/faults.ts'
import { useWords } from '../../../app/i18n.ts'
import { request } from '../../../store/core.ts'
import { useLive } from '../../../store/live.ts'
import { useSync } from '../../../store/states.ts'
import { Button } from '../../../ui/button.tsx'
import { useNow } from '../../../ui/clock.ts'
import { Icon } from '../../../ui/icon.tsx'
import { IconButton } from '../../../ui/icon-button.tsx'
import { fullTime, span } from '../../../ui/time.ts'
import { PanelPart } from '../part.tsx'
import { CardView } from './card-view.tsx'
import './cards.css'
import { troubleText } from './trouble.ts'
import { words } from './words.ts'

/** Asked anew while one looks at it, and grey from then on. Milliseconds. */
const ANEW = 120_000
const OLD = 900_000

/** What other systems know about a customer: a part of the panel for each. What is kept stands at once, whatever becomes of asking anew. */
export function Cards({ customerId, identityIds }: { customerId: string; identityIds: readonly string[] }) {
  const { rows } = useLive('cards', { customerId })
  const offline = useSync()?.offlineSince !== null
  const fault = useAsking(customerId, identityIds.toSorted().join(' '), offline)
  return rows.map(row => (
    <OneCard key={row.connectorId} row={row} customerId={customerId} offline={offline} fault={fault} />
  ))
}

/** Asks when somebody comes into view, when another address is theirs, when the hub is back, and now and then. */
function useAsking(customerId: string, identities: string, offline: boolean): Fault | null {
  const [fault, setFault] = useState<Fault | null>(null)
  const turn = Math.floor(useNow() / ANEW)
  // biome-ignore lint/correctness/useExhaustiveDependencies: identities and time are why it is asked again
  useEffect(() => {
    if (offline) return
    let here = true
    void request('cards', { customerId }).then(result => {
      if (here) setFault(result.ok ? null : result.fault)
    })
    return () => {
      here = false
    }
  }, [customerId, identities, offline, turn])
  // A hub from before does not know of cards, and neither does this desk.
  return fault?.kind === 'not-found' || fault?.kind === 'not-a-hub' ? null : fault
}

function OneCard({
  row,
  customerId,
  offline,
  fault,
}: {
  row: CustomerCard
  customerId: string
  offline: boolean
  fault: Fault | null
}) {
  const tell = useWords(words)
  const { connectorId, name, card, trouble, asking } = row
  const anew = useCallback(
    () => void request('cards', { customerId, connectorId, anew: true }),
    [customerId, connectorId],
  )
  const now = useNow()
  const old = offline || (row.at !== null && now - row.at > OLD)
  const why = trouble ? troubleText(trouble, tell) : fault && !offline ? faultSentence(fault) : null
  const quiet = trouble?.kind === 'no-key'
  return (
    <PanelPart
      id={`c:${connectorId}`}
      title={name}
      aside={<Aside row={row} offline={offline} old={old} now={now} onAnew={anew} />}
    >
      {why !== null && !asking && (
        <div className={quiet ? 'card-word' : 'card-trouble'} role={quiet ? undefined : 'status'}>
          {!quiet && <Icon of={CircleAlert} size="s" />}
          <span>{why}</span>
          {!quiet && !offline && (
            <Button small kind="ghost" onClick={anew}>
              {tell('retry')}
            </Button>
          )}
        </div>
      )}
      {card ? (
        <div className="card" data-old={old || undefined} aria-busy={asking || undefined}>
          <CardView card={card} />
        </div>
      ) : asking || (why === null && !offline) ? (
        <Skeleton name={name} />
      ) : (
        why === null && <p className="card-word">{tell('never')}</p>
      )}
    </PanelPart>
  )
}

/** How old it is; a press asks anew. */
function Aside({
  row: { name, at, asking },
  offline,
  old,
  now,
  onAnew,
}: {
  row: CustomerCard
  offline: boolean
  old: boolean
  now: number
  onAnew(): void
}) {
  const tell = useWords(words)
  const button = useRef<HTMLButtonElement>(null)
  const age =
    at === null ? null : now - at < 60_000 ? tell('just-now') : tell('ago', { span: span(now - at) })
  return (
    <span className="card-aside" data-old={old || undefined}>
      {at !== null && <span title={tell('from-when', { name, time: fullTime(at) })}>{age}</span>}
      {!offline && (
        <IconButton
          ref={button}
          icon={RotateCw}
          size="s"
          className="card-anew"
          label={tell(asking ? 'asking' : 'refresh', { name })}
          aria-busy={asking || undefined}
          onClick={asking ? undefined : onAnew}
        />
      )}
    </span>
  )
}

/** As high as two orders are, so that nothing jumps when they come. */
const Skeleton = ({ name }: { name: string }) => {
  const tell = useWords(words)
  return (
    <div className="skeleton card-skeleton" role="status" aria-label={tell('asking', { name })}>
      {[64, 48].map(width => (
        <div key={width}>
          <i style={{ width: `${width}%` }} />
          <i style={{ width: `${width - 22}%` }} />
        </div>
      ))}
    </div>
  )
}
