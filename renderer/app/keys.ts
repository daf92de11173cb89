// Every shortcut of the desk, in one table. Invariants: no two that can be meant at the same time share a chord (keys.test.ts); a
// plain letter never acts while somebody types; nothing acts while an input method composes; nothing acts behind a dialog.
import { useEffect, useRef } from 'react'

/**
 * Where a shortcut is meant: `global` everywhere; `conversation` everywhere while one is open; the others only while the focus is
 * inside an element with `data-keys="<scope>"` (`list` also while nothing has the focus).
 */
export type Scope = 'global' | 'conversation' | 'list' | 'timeline' | 'composer'

interface Shortcut {
  scope: Scope
  /** `Mod` is Ctrl, on a Mac Cmd. Several chords: alternatives; the first is shown. */
  chords: readonly string[]
}

const define = <const T extends Record<string, Shortcut>>(table: T): T => table

export const keyTable = define({
  search: { scope: 'global', chords: ['Mod+K'] },
  keys: { scope: 'global', chords: ['?'] },
  settings: { scope: 'global', chords: ['Mod+,'] },
  outbox: { scope: 'global', chords: ['Mod+Shift+O'] },
  customers: { scope: 'global', chords: ['C'] },
  'next-column': { scope: 'global', chords: ['F6'] },
  'previous-column': { scope: 'global', chords: ['Shift+F6'] },
  side: { scope: 'global', chords: [']'] },
  back: { scope: 'global', chords: ['Mod+['] },
  forward: { scope: 'global', chords: ['Mod+]'] },
  'view-1': { scope: 'global', chords: ['1'] },
  'view-2': { scope: 'global', chords: ['2'] },
  'view-3': { scope: 'global', chords: ['3'] },
  'view-4': { scope: 'global', chords: ['4'] },
  'view-5': { scope: 'global', chords: ['5'] },
  'view-6': { scope: 'global', chords: ['6'] },
  'view-7': { scope: 'global', chords: ['7'] },

  reply: { scope: 'conversation', chords: ['R'] },
  note: { scope: 'conversation', chords: ['N'] },
  'forward-mail': { scope: 'conversation', chords: ['F'] },
  close: { scope: 'conversation', chords: ['E'] },
  snooze: { scope: 'conversation', chords: ['H'] },
  claim: { scope: 'conversation', chords: ['I'] },
  assign: { scope: 'conversation', chords: ['A'] },
  tag: { scope: 'conversation', chords: ['T'] },
  transcript: { scope: 'conversation', chords: ['M'] },
  undo: { scope: 'conversation', chords: ['Z'] },
  find: { scope: 'conversation', chords: ['Mod+F'] },
  'find-next': { scope: 'conversation', chords: ['Mod+G'] },
  'find-previous': { scope: 'conversation', chords: ['Mod+Shift+G'] },

  'list-next': { scope: 'list', chords: ['J', 'ArrowDown'] },
  'list-previous': { scope: 'list', chords: ['K', 'ArrowUp'] },
  'list-first': { scope: 'list', chords: ['Home'] },
  'list-last': { scope: 'list', chords: ['End'] },
  'list-open': { scope: 'list', chords: ['Enter'] },
  'list-find': { scope: 'list', chords: ['/'] },
  'list-filter': { scope: 'list', chords: ['Mod+Shift+F'] },
  'list-import': { scope: 'list', chords: ['Mod+O'] },
  'list-choose': { scope: 'list', chords: ['X'] },
  'list-choose-next': { scope: 'list', chords: ['Shift+ArrowDown'] },
  'list-choose-previous': { scope: 'list', chords: ['Shift+ArrowUp'] },
  'list-choose-all': { scope: 'list', chords: ['Shift+X'] },
  'list-leave': { scope: 'list', chords: ['Escape'] },

  'item-next': { scope: 'timeline', chords: ['J'] },
  'item-previous': { scope: 'timeline', chords: ['K'] },
  'item-last': { scope: 'timeline', chords: ['End'] },

  send: { scope: 'composer', chords: ['Mod+Enter'] },
  'send-close': { scope: 'composer', chords: ['Mod+Shift+Enter'] },
  attach: { scope: 'composer', chords: ['Mod+Shift+A'] },
  'leave-composer': { scope: 'composer', chords: ['Escape'] },
  // Carried out by the editor itself; here they are known, and in nobody's way.
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

export const isMac = /mac/i.test(navigator.platform)

export interface Chord {
  mod: boolean
  shift: boolean
  alt: boolean
  key: string
}

/** `Mod+Shift+Enter` taken apart. */
export function chordOf(text: string): Chord {
  const parts = text.split('+')
  const key = parts.at(-1) || '+'
  return { mod: parts.includes('Mod'), shift: parts.includes('Shift'), alt: parts.includes('Alt'), key }
}

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>

export function matches(chord: Chord, event: Pressed, mac = isMac): boolean {
  const mod = mac ? event.metaKey : event.ctrlKey
  const other = mac ? event.ctrlKey : event.metaKey
  if (other || mod !== chord.mod || event.altKey !== chord.alt) return false
  if (event.key.toLowerCase() !== chord.key.toLowerCase()) return false
  // A sign such as ? may or may not need Shift, depending on the keyboard; only letters and named keys count it.
  const sign = chord.key.length === 1 && !/[a-z0-9]/i.test(chord.key)
  return sign || event.shiftKey === chord.shift
}

/** Whether a chord would also be typed text. */
export const types = ({ mod, alt, key }: Chord): boolean => !mod && !alt && key.length === 1

/** Keys with which a list, a button or a field already means something when it has the focus. */
const native = new Set(['Enter', 'ArrowUp', 'ArrowDown', 'Home', 'End'])

const field =
  'input:not([type=checkbox]):not([type=radio]):not([type=button]), textarea, select, [contenteditable=true]'
const control = `${field}, button, a[href], [role=menuitem], [role=option], [role=tab], [role=radio]`
const layer = '[role=dialog], [role=alertdialog], [role=menu], [role=listbox][data-state=open]'

const handlers = new Map<KeyId, ((event: KeyboardEvent) => void)[]>()
const entries = Object.entries(keyTable) as [KeyId, Shortcut][]
const chords = entries.flatMap(([id, { scope, chords: all }]) =>
  all.map(text => ({ id, scope, chord: chordOf(text) })),
)

function inScope(scope: Scope, target: Element | null): boolean {
  if (scope === 'global' || scope === 'conversation') return true
  const here = target?.closest('[data-keys]')?.getAttribute('data-keys') ?? null
  return (
    here === scope || (scope === 'list' && here === null && (target === null || target === document.body))
  )
}

function pressed(event: KeyboardEvent): void {
  // 229: the key belongs to an input method although composition has not begun or has just ended (Safari, some Windows IMEs).
  if (event.defaultPrevented || event.isComposing || event.keyCode === 229) return
  const target = event.target instanceof Element ? event.target : null
  if (target?.closest(layer) || document.querySelector('[role=dialog][data-modal], [role=menu]')) return
  for (const { id, scope, chord } of chords) {
    const handler = handlers.get(id)?.at(-1)
    if (!handler || !matches(chord, event) || !inScope(scope, target)) continue
    if (types(chord) && target?.closest(field)) continue
    if (native.has(chord.key) && !chord.mod && target?.closest(control)) continue
    event.preventDefault()
    handler(event)
    return
  }
}

/** Called once, by main.tsx. */
export const listenToKeys = (): void => window.addEventListener('keydown', pressed)

/**
 * Carries out a shortcut while the component is there. Of two for one id the one that came later is asked.
 * @param handler null: not possible now, the key does nothing
 */
export function useKey(id: KeyId, handler: ((event: KeyboardEvent) => void) | null): void {
  const latest = useRef(handler)
  useEffect(() => {
    latest.current = handler
  })
  const active = handler !== null
  useEffect(() => {
    if (!active) return
    const mine = (event: KeyboardEvent): void => latest.current?.(event)
    handlers.set(id, [...(handlers.get(id) ?? []), mine])
    return () => void handlers.set(id, handlers.get(id)?.filter(each => each !== mine) ?? [])
  }, [id, active])
}

/** Whether a shortcut would do something now; for the palette, which offers only that. */
export const possible = (id: KeyId): boolean => (handlers.get(id)?.length ?? 0) > 0

/** Does what the shortcut does. */
export const perform = (id: KeyId): void => handlers.get(id)?.at(-1)?.(new KeyboardEvent('keydown'))
