// What can be done now, by its name: the palette's half that is not search.
import type { LucideIcon } from 'lucide-react'
import type { View } from '#shared/queries/index.ts'
import { typedForms } from '#shared/rules/pinyin.ts'
import { useLanguage } from '../../app/i18n.ts'
import { useKeyName } from '../../app/keys/names.ts'
import { type KeyId, keyIds, keyTable } from '../../app/keys/table.ts'
import { perform, possible } from '../../app/keys/use-key.ts'
import { words as keyWords } from '../../app/keys/words.ts'
import { goToView, useViewLines, useViewName } from '../inbox/listed.ts'
import { viewIcons } from '../inbox/view-icons.ts'
import type { ViewLines } from '../inbox/view-order.ts'
import { actionIcons } from './action-icons.ts'
import { folded, wordsIn } from './hits.ts'

/** Before anything is typed: as many as one looks over at a glance. */
const FEW = 8
/** Typed first, it asks for actions alone; `》` is what a Chinese input method makes of it. */
const sign = /^[>》〉＞]\s*/u

export interface Action {
  key: string
  label: string
  icon?: LucideIcon
  /** Of the table; undefined: it has no key. */
  id?: KeyId
  run: () => void
}

/** What is typed after the sign that asks for actions alone; null: it does not begin with it. */
export const askedAction = (text: string): string | null => (sign.test(text) ? text.replace(sign, '') : null)

/** Those that would do something now. An action is also found by its English name and by how its Chinese name is typed. */
export function useActions(text: string): Action[] {
  const name = useKeyName()
  const language = useLanguage()
  const views = useViewLines()
  const further = useFurther(views)
  const alone = askedAction(text)
  const terms = wordsIn(alone ?? text)
  const actions = keyIds
    .filter(id => id !== 'search' && possible(id))
    .map((id): Action & { id: KeyId } => ({
      ...{ key: id, id, label: name(id), run: () => perform(id) },
      ...signed(id, views),
    }))
  if (terms.length === 0) return alone === null ? first(actions) : [...actions, ...further]
  return [...actions, ...further].filter(({ id, label }) => {
    const names = folded(language === 'en' || !id ? label : `${label} ${keyWords.en[id]}`)
    const typed = typedForms(label).split(' ')
    return terms.every(term => names.includes(term) || typed.some(form => form.startsWith(term)))
  })
}

/** Views beyond those that have a key. */
function useFurther({ shown, hidden }: ViewLines): Action[] {
  const nameOf = useViewName()
  return [...shown.slice(9), ...hidden].map(line => ({
    key: line.key,
    label: nameOf(line),
    run: () => goToView(line),
  }))
}

/** With the sign that it has elsewhere, if any: a view's key has that of the view in its place. */
function signed(id: KeyId, { shown }: ViewLines): Pick<Action, 'icon'> {
  const line = id.startsWith('view-') ? shown[Number(id.slice('view-'.length)) - 1] : undefined
  const icon = line && !line.saved ? viewIcons[line.key as View] : actionIcons[id]
  return icon ? { icon } : {}
}

/** Of the open conversation, then of the whole desk. */
const first = (actions: (Action & { id: KeyId })[]): Action[] =>
  [
    ...actions.filter(({ id }) => keyTable[id].scope === 'conversation'),
    ...actions.filter(({ id }) => keyTable[id].scope === 'global'),
  ].slice(0, FEW)
