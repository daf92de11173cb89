// Every shortcut of the desk, in one table. A new action is a line here, its name in words.ts, and `useKey` where it is done; it is then
// in the palette, in the list that `?` opens and among the keys that one may change, by itself. No two that can be meant at the same time
// share a chord, and none is what a system or an input method means (table.test.ts).

/**
 * Where a shortcut is meant: `global` everywhere; `conversation` everywhere while one is open; the others only while the focus is
 * inside an element with `data-keys="<scope>"` (`list` also while nothing has the focus).
 */
export type Scope = 'global' | 'conversation' | 'list' | 'timeline' | 'composer'

export interface Shortcut {
  scope: Scope
  /** `Mod` is Ctrl, on a Mac Cmd. Several chords: alternatives; the first is shown. */
  chords: readonly string[]
  /** It is done in the thread, which comes in front for it where there is room for one column. */
  inThread?: true
  /** While its key is held down it is done again and again. */
  again?: true
}

const define = <const T extends Record<string, Shortcut>>(table: T): T => table

export const keyTable = define({
  search: { scope: 'global', chords: ['Mod+K'] },
  keys: { scope: 'global', chords: ['?'] },
  settings: { scope: 'global', chords: ['Mod+,'] },
  outbox: { scope: 'global', chords: ['Mod+Shift+O'] },
  customers: { scope: 'global', chords: ['C'] },
  'next-column': { scope: 'global', chords: ['F6'], again: true },
  'previous-column': { scope: 'global', chords: ['Shift+F6'], again: true },
  side: { scope: 'global', chords: [']'], inThread: true },
  notices: { scope: 'global', chords: ['F8'] },
  'next-waiting': { scope: 'global', chords: ['W'] },
  mute: { scope: 'global', chords: ['Mod+Shift+M'] },
  back: { scope: 'global', chords: ['Mod+['] },
  forward: { scope: 'global', chords: ['Mod+]'] },
  'new-view': { scope: 'global', chords: ['Shift+V'] },
  'view-1': { scope: 'global', chords: ['1'] },
  'view-2': { scope: 'global', chords: ['2'] },
  'view-3': { scope: 'global', chords: ['3'] },
  'view-4': { scope: 'global', chords: ['4'] },
  'view-5': { scope: 'global', chords: ['5'] },
  'view-6': { scope: 'global', chords: ['6'] },
  'view-7': { scope: 'global', chords: ['7'] },
  'view-8': { scope: 'global', chords: ['8'] },
  'view-9': { scope: 'global', chords: ['9'] },
  'view-up': { scope: 'global', chords: ['Shift+PageUp'] },
  'view-down': { scope: 'global', chords: ['Shift+PageDown'] },
  'hide-view': { scope: 'global', chords: ['Shift+H'] },

  reply: { scope: 'conversation', chords: ['R'], inThread: true },
  note: { scope: 'conversation', chords: ['N'], inThread: true },
  'forward-mail': { scope: 'conversation', chords: ['F'], inThread: true },
  aside: { scope: 'conversation', chords: ['D'], inThread: true },
  close: { scope: 'conversation', chords: ['E'] },
  snooze: { scope: 'conversation', chords: ['H'], inThread: true },
  claim: { scope: 'conversation', chords: ['I'] },
  assign: { scope: 'conversation', chords: ['A'], inThread: true },
  'hand-over': { scope: 'conversation', chords: ['G'], inThread: true },
  tag: { scope: 'conversation', chords: ['T'], inThread: true },
  priority: { scope: 'conversation', chords: ['P'], inThread: true },
  transcript: { scope: 'conversation', chords: ['M'], inThread: true },
  macros: { scope: 'conversation', chords: ['Mod+/'], inThread: true },
  'mark-unread': { scope: 'conversation', chords: ['U'] },
  'mark-read': { scope: 'conversation', chords: ['Shift+U'] },
  'pop-out': { scope: 'conversation', chords: ['O'] },
  undo: { scope: 'conversation', chords: ['Z'] },
  'share-draft': { scope: 'conversation', chords: ['Mod+Shift+D'], inThread: true },
  split: { scope: 'conversation', chords: ['Mod+\\'], inThread: true },
  find: { scope: 'conversation', chords: ['Mod+F'], inThread: true },
  'find-next': { scope: 'conversation', chords: ['Mod+G'], inThread: true, again: true },
  'find-previous': { scope: 'conversation', chords: ['Mod+Shift+G'], inThread: true, again: true },

  'list-next': { scope: 'list', chords: ['J', 'ArrowDown'], again: true },
  'list-previous': { scope: 'list', chords: ['K', 'ArrowUp'], again: true },
  'list-first': { scope: 'list', chords: ['Home'] },
  'list-last': { scope: 'list', chords: ['End'] },
  'list-open': { scope: 'list', chords: ['Enter'] },
  'list-find': { scope: 'list', chords: ['/'] },
  'list-filter': { scope: 'list', chords: ['Shift+F'] },
  'list-import': { scope: 'list', chords: ['Mod+O'] },
  'list-choose': { scope: 'list', chords: ['X'] },
  'list-choose-next': { scope: 'list', chords: ['Shift+ArrowDown'], again: true },
  'list-choose-previous': { scope: 'list', chords: ['Shift+ArrowUp'], again: true },
  'list-choose-all': { scope: 'list', chords: ['Shift+X'] },
  'list-leave': { scope: 'list', chords: ['Escape'] },

  'to-list': { scope: 'timeline', chords: ['Escape'] },
  'item-next': { scope: 'timeline', chords: ['J'], again: true },
  'item-previous': { scope: 'timeline', chords: ['K'], again: true },
  'item-last': { scope: 'timeline', chords: ['End'] },

  send: { scope: 'composer', chords: ['Mod+Enter'] },
  'send-close': { scope: 'composer', chords: ['Mod+Shift+Enter'] },
  'send-later': { scope: 'composer', chords: ['Mod+L'] },
  attach: { scope: 'composer', chords: ['Mod+Shift+A'] },
  'leave-composer': { scope: 'composer', chords: ['Escape'] },
  bold: { scope: 'composer', chords: ['Mod+B'] },
  italic: { scope: 'composer', chords: ['Mod+I'] },
  underline: { scope: 'composer', chords: ['Mod+U'] },
  strike: { scope: 'composer', chords: ['Mod+Shift+S'] },
  bullets: { scope: 'composer', chords: ['Mod+Shift+8'] },
  numbers: { scope: 'composer', chords: ['Mod+Shift+7'] },
  quote: { scope: 'composer', chords: ['Mod+Shift+B'] },
  code: { scope: 'composer', chords: ['Mod+E'] },
  link: { scope: 'composer', chords: ['Mod+Shift+K'] },
})

export type KeyId = keyof typeof keyTable

export const keyIds = Object.keys(keyTable) as KeyId[]
