import { Ban, Check, Plus } from 'lucide-react'
import { type FormEvent, type ReactNode, useState } from 'react'
import { type Consent, ConsentWay } from '#shared/model/consent.ts'
import type { Customer } from '#shared/model/customer.ts'
import { useWords } from '../../app/i18n.ts'
import { act } from '../../store/core.ts'
import { useMyId } from '../../store/states.ts'
import { Button } from '../../ui/button.tsx'
import { useNow } from '../../ui/clock.ts'
import { TextField } from '../../ui/field.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Popover } from '../../ui/popover.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { dayAndTime } from '../../ui/time.ts'
import { useAgents } from './names.ts'
import { PanelPart } from './part.tsx'
import { words } from './profile.words.ts'

/** By which ways the customer may be approached unasked, as far as they said so. */
export function Consents({ customer }: { customer: Customer }) {
  const tell = useWords(words)
  const { consents = {} } = customer
  const known = ConsentWay.options.flatMap(way => (consents[way] ? [[way, consents[way]] as const] : []))
  const unknown = ConsentWay.options.filter(way => !consents[way])
  return (
    <PanelPart id="consents" title={tell('consents')}>
      {known.length > 0 && (
        <ul className="panel-consents">
          {known.map(([way, consent]) => (
            <li key={way}>
              <Noted customer={customer} way={way} consent={consent} />
            </li>
          ))}
        </ul>
      )}
      {unknown.length > 0 && (
        <Noting
          customer={customer}
          ways={unknown}
          trigger={
            <button type="button" className="panel-add">
              <Icon of={Plus} size="xs" />
              {tell('note-consent')}
            </button>
          }
        />
      )}
    </PanelPart>
  )
}

function Noted({ customer, way, consent }: { customer: Customer; way: ConsentWay; consent: Consent }) {
  const tell = useWords(words)
  const agents = useAgents()
  const me = useMyId()
  const now = useNow()
  const { state, how, at, agentId } = consent
  const name = agentId === me ? tell('yourself') : (agents.get(agentId)?.name ?? tell('somebody'))
  const noted = tell('consent-noted', { name, time: dayAndTime(at, now) })
  return (
    <Noting
      customer={customer}
      ways={[way]}
      noted={consent}
      trigger={
        <button type="button" className="panel-consent" title={how ? `${how} · ${noted}` : noted}>
          <span className={state === 'given' ? 'consent-given' : 'consent-refused'}>
            <Icon of={state === 'given' ? Check : Ban} size="s" />
          </span>
          <span>{tell(`way-${way}`)}</span>
          <span className="faint">{tell(state)}</span>
          <span className="meta faint trunc panel-consent-how">{how || noted}</span>
        </button>
      }
    />
  )
}

/** A small form: for which way, what they said, and how. */
function Noting({
  customer,
  ways,
  noted,
  trigger,
}: {
  customer: Customer
  ways: readonly ConsentWay[]
  noted?: Consent
  trigger: ReactNode
}) {
  const tell = useWords(words)
  const [open, setOpen] = useState(false)
  return (
    <Popover open={open} onOpenChange={setOpen} align="end" label={tell('consents')} trigger={trigger}>
      <Form {...{ customer, ways }} noted={noted ?? null} onDone={() => setOpen(false)} />
    </Popover>
  )
}

function Form({
  customer,
  ways,
  noted,
  onDone,
}: {
  customer: Customer
  ways: readonly ConsentWay[]
  noted: Consent | null
  onDone: () => void
}) {
  const tell = useWords(words)
  const [way, setWay] = useState(ways[0]!)
  const [state, setState] = useState<'given' | 'refused' | 'unknown'>(noted?.state ?? 'given')
  const [how, setHow] = useState(noted?.how ?? '')
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    const said = state === 'unknown' ? '' : how.trim()
    if (await act('customer.consent', { id: customer.id, way, state, how: said })) onDone()
  }
  return (
    <form className="consent-form" onSubmit={event => void save(event)}>
      {ways.length > 1 ? (
        <Segmented
          label={tell('consents')}
          value={way}
          onChange={setWay}
          options={ways.map(value => ({ value, label: tell(`way-${value}`) }))}
        />
      ) : (
        <span className="med">{tell('consent-of', { way: tell(`way-${way}`) })}</span>
      )}
      <Segmented
        label={tell('consent-of', { way: tell(`way-${way}`) })}
        value={state}
        onChange={setState}
        options={(noted ? (['given', 'refused', 'unknown'] as const) : (['given', 'refused'] as const)).map(
          value => ({ value, label: tell(value) }),
        )}
      />
      {state !== 'unknown' && (
        <TextField
          label={tell('consent-how')}
          placeholder={tell('consent-how-hint')}
          value={how}
          maxLength={200}
          autoComplete="off"
          onChange={event => setHow(event.target.value)}
        />
      )}
      <Button kind="ink" small type="submit">
        {tell('consent-save')}
      </Button>
    </form>
  )
}
