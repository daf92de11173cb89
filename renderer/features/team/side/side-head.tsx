import type { Draft } from '#shared/model/draft.ts'
import { useWords } from '../../../app/i18n.ts'
import './side.css'
import { words } from './words.ts'

type Side = NonNullable<Draft['side']>

/** What a conversation beside this one is about: said once, when it begins. */
export function SideHead({ side, onChange }: { side: Side; onChange: (side: Side) => void }) {
  const say = useWords(words)
  if (side.root !== null)
    return <p className="beside-head meta">{say('goes-on', { subject: side.subject })}</p>
  return (
    <div className="beside-head">
      <label className="beside-subject">
        <span className="faint">{say('subject')}</span>
        <input
          value={side.subject}
          maxLength={1000}
          onChange={event => onChange({ ...side, subject: event.target.value })}
        />
      </label>
      <label className="beside-quote meta">
        <input
          type="checkbox"
          checked={side.quote}
          onChange={event => onChange({ ...side, quote: event.target.checked })}
        />
        {say('quote')}
      </label>
    </div>
  )
}
