import type { KeyboardEvent } from 'react'
import type { CaretPlace } from './caret-places.ts'
import type { PicturePlace } from './pictures/places.ts'
import type { Content } from './use-draft.ts'

/** A place within the words that is drawn otherwise. */
export interface MarkedWords {
  from: number
  to: number
  /** A hole that is not filled yet; somebody's name. */
  kind: 'hole' | 'name'
}

/** Where the pictures of a draft are, by Content-ID. */
export interface PictureSource {
  knows(contentId: string): boolean
  /** Null: not here yet. */
  url(contentId: string): Promise<string | null>
}

/** What a field for words is to the composer, with formatting or without. */
export interface WordsProps {
  label: string
  placeholder: string
  value: Pick<Content, 'text' | 'rich'>
  readOnly: boolean
  /** The list that is open over it, for whoever listens. */
  list: { id: string; active: string | undefined } | null
  /** What is drawn otherwise in some words; of a field with formatting one paragraph at a time. */
  marks: (text: string) => readonly MarkedWords[]
  /** Absent: it takes none. */
  pictures?: PictureSource | undefined
  /** Where one left off in these words. Absent: nobody is called away from them. */
  caretPlace?: CaretPlace
  onChange: (value: Pick<Content, 'text' | 'rich'>) => void
  onBlur: () => void
  /** @returns whether it was taken (files) */
  onPaste: (data: DataTransfer | null) => boolean
  /** A key before the field has it, never while an input method composes. @returns whether it was taken */
  onKey: (
    event: Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey' | 'repeat'>,
  ) => boolean
  /** The caret moved; `typed`: by something that was written, and not while an input method composes. */
  onCaret: (typed: boolean) => void
}

/** Where the caret is. */
export interface Caret {
  /** The words of its line up to it. */
  before: string
  /** On the screen. */
  left: number
  top: number
  bottom: number
}

export interface WordsField {
  /** Gives it the focus with the caret where one left off in these words, else behind the last one. */
  focus(): void
  /** Gives it the focus with the caret where it was. */
  refocus(): void
  /** Null: something is chosen, or the field does not have the focus. */
  caret(): Caret | null
  /** Puts words where the caret is, in place of the last letters before it; taken back in one step. The caret is behind them. */
  put(words: Pick<Content, 'text' | 'rich'>, instead: number): void
  /** Holds the place at the caret for pictures. Absent: there can be none. */
  place?(): PicturePlace
  /** Chooses the first hole that is not filled, so that typing fills it. @returns whether there was one */
  chooseHole(): boolean
}

/** Whether a key belongs to an input method (229: on some systems before it says that it composes, or just after). */
export const composes = (event: { isComposing: boolean; keyCode: number }): boolean =>
  event.isComposing || event.keyCode === 229
