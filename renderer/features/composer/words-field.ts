import type { Content } from './use-draft.ts'

/** What a field for words is to the composer, with formatting or without. */
export interface WordsProps {
  label: string
  placeholder: string
  value: Pick<Content, 'text' | 'rich'>
  readOnly: boolean
  onChange: (value: Pick<Content, 'text' | 'rich'>) => void
  onBlur: () => void
  /** @returns whether it was taken (files) */
  onPaste: (data: DataTransfer | null) => boolean
}

export interface WordsField {
  /** Puts the caret behind the last word. */
  focus(): void
}
