import type { WrongRow } from '#shared/ipc/import.ts'
import { faultSentence } from '../../../app/faults.ts'
import { type Say, useWords } from '../../../app/i18n.ts'
import { words as fieldWords } from '../../customer/profile.words.ts'
import { useImport } from './state.ts'
import { words } from './words.ts'

/** What went wrong with the import, in a sentence; undefined: nothing. */
export function useTrouble(): string | undefined {
  const t = useWords(words)
  const fault = useImport(state => state.fault)
  if (!fault) return undefined
  const { field, row } = fault.params ?? {}
  if (fault.kind === 'hub-unreachable') return t('offline')
  if (fault.kind !== 'invalid') return faultSentence(fault)
  if (field === 'quote') return t('open-quote', { row: Number(row) })
  if (field === 'workbook' || field === 'empty' || field === 'wrong-now') return t(field)
  return faultSentence(fault)
}

type Wrong = WrongRow['wrong'][number]
type OfImport = Exclude<
  keyof (typeof words)['en'] & `wrong-${string}`,
  'wrong-rows' | 'wrong-file' | 'wrong-now'
>

/** What is wrong with a cell or a row. Kinds of values are those of a customer's field, in its words. */
export const wrongText = (
  { kind, limit, other }: Wrong,
  t: Say<typeof words>,
  ofField: Say<typeof fieldWords>,
): string => {
  const params = { ...(limit === undefined ? {} : { limit }), ...(other === undefined ? {} : { other }) }
  return `wrong-${kind}` in words.en
    ? t(`wrong-${kind}` as OfImport, params)
    : ofField(kind as Parameters<typeof ofField>[0], params)
}

export const useWrongText = (): ((wrong: Wrong) => string) => {
  const t = useWords(words)
  const ofField = useWords(fieldWords)
  return wrong => wrongText(wrong, t, ofField)
}
