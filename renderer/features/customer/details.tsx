import { Plus } from 'lucide-react'
import { useRef, useState } from 'react'
import type { Customer } from '#shared/model/customer.ts'
import { type CustomerField, fieldValue, labelOf } from '#shared/model/customer-field.ts'
import { useLanguage, useWords } from '../../app/i18n.ts'
import { Icon } from '../../ui/icon.tsx'
import { Choose } from './choose.tsx'
import { FieldLine } from './field-line.tsx'
import { useFields } from './fields.ts'
import { PanelPart } from './part.tsx'
import { words } from './profile.words.ts'

/** Those of the list: tags and note have parts of their own. */
const isListed = ({ kind }: CustomerField): boolean =>
  kind !== 'tags' && kind !== 'long-text' && kind !== 'instant'

/** What is known about the customer. What is not known is offered, and takes no room. */
export function Details({ customer }: { customer: Customer }) {
  const tell = useWords(words)
  const language = useLanguage()
  const [adding, setAdding] = useState(false)
  const [begun, setBegun] = useState<string | null>(null)
  const add = useRef<HTMLButtonElement>(null)
  const fields = useFields().filter(isListed)
  const known = fields.filter(field => field.id === begun || fieldValue(field, customer) !== null)
  const unknown = fields.filter(field => !known.includes(field))
  return (
    <PanelPart id="details" title={tell('details')}>
      <dl className="panel-details">
        {known.map(field => (
          <FieldLine
            key={field.id}
            field={field}
            customer={customer}
            begun={field.id === begun}
            onEnd={() => setBegun(null)}
          />
        ))}
      </dl>
      {unknown.length > 0 && (
        <Choose
          label={tell('add-field')}
          find={tell('find-field')}
          none={tell('no-field')}
          value={null}
          options={() =>
            unknown.map(field => ({
              value: field.id,
              label: labelOf(field, language),
              also: Object.values(field.label),
            }))
          }
          open={adding}
          onOpenChange={setAdding}
          onChoose={setBegun}
          // What was chosen is being edited, and has the focus.
          giveBack={() => begun ?? add.current?.focus()}
          trigger={
            <button ref={add} type="button" className="panel-add">
              <Icon of={Plus} size="xs" />
              {tell('add-field')}
            </button>
          }
        />
      )}
    </PanelPart>
  )
}
