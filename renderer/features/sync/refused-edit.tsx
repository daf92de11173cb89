import type { Customer } from '#shared/model/customer.ts'
import { type CustomerField, type FieldValue, fieldValue, labelOf } from '#shared/model/customer-field.ts'
import type { FieldProblem } from '#shared/model/field-value.ts'
import type { RefusedEntry } from '#shared/queries/index.ts'
import { sentences, useLanguage, useWords } from '../../app/i18n.ts'
import { refusalSentence } from '../../app/refusals.ts'
import { request } from '../../store/core.ts'
import { useAgents } from '../../store/directory.ts'
import { useLiveOne } from '../../store/live.ts'
import { Button } from '../../ui/button.tsx'
import { changeField, editorOf, problemText, shownValue, standsText, useFields } from '../customer/fields.ts'
import { words as profileWords } from '../customer/profile.words.ts'
import { changeName } from './change-name.ts'
import { Line } from './line.tsx'
import { words } from './words.ts'

/** An edit of a profile that came too late, or did not fit: whose value stands, what one wrote, and a way to put it all the same. */
export function RefusedEdit({ entry }: { entry: RefusedEntry }) {
  const t = useWords(words)
  const tell = useWords(profileWords)
  const language = useLanguage()
  const agents = useAgents()
  const customer = useLiveOne('customer', entry.customerId === null ? null : { id: entry.customerId })
  const field = useFields().find(({ id }) => id === entry.params.field)
  const mine = mineOf(entry)
  const stands = entry.code === 'changed' && customer && field
  const dismiss = (): void => void request('dismissRefused', { id: entry.id })
  return (
    <Line
      what={titled(changeName(entry.name, entry.customerName), field && labelOf(field, language))}
      at={entry.at}
      text={field ? shownValue(field, mine, language) : entry.preview}
      place={entry}
      actions={
        <>
          {stands && (
            <Button
              small
              onClick={() => {
                dismiss()
                put(customer, field, mine)
              }}
            >
              {tell('put-mine')}
            </Button>
          )}
          <Button small kind={stands ? 'ghost' : 'line'} onClick={dismiss}>
            {t('dismiss')}
          </Button>
        </>
      }
    >
      <p className="line-state line-bad">
        {stands
          ? standsText(field, fieldValue(field, customer), editorOf(customer, field, agents))
          : sentences(refusalSentence(entry.code), problemOf(entry, tell))}
      </p>
    </Line>
  )
}

const put = (customer: Customer, field: CustomerField, value: FieldValue): void =>
  void changeField({ customerId: customer.id, field, value, seen: fieldValue(field, customer) })

const titled = (what: string, field: string | undefined): string => (field ? `${what} · ${field}` : what)

/** What its author wrote, as it was (see `keeps` of the mutations). */
function mineOf({ params: { mine, kind } }: RefusedEntry): FieldValue {
  if (mine === undefined) return null
  return kind === 'number' ? Number(mine) : mine
}

function problemOf(
  { params: { problem, limit } }: RefusedEntry,
  tell: Parameters<typeof problemText>[1],
): string {
  if (!problem) return ''
  return problemText({ kind: problem, ...(limit ? { limit: Number(limit) } : {}) } as FieldProblem, tell)
}
