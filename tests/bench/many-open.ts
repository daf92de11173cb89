import { loadCorpus } from './corpus.ts'
import type { Shape } from './data.ts'

/** Conversations in the view that P10 is about. */
export const TALKS = 50_000
/** Rows that a page asks for at once (renderer/store/list-window.ts). */
export const PAGE = 150

/** A desk with so many open conversations, of a few items each. */
export const manyOpen = (): Shape => ({
  items: TALKS * 2,
  length: 2,
  open: 1,
  busiest: 400,
  until: Date.now(),
  corpus: loadCorpus(),
})
