// Listens to the keyboard and does what the table says. Invariants: a plain letter never acts while somebody types; nothing acts while an
// input method composes; nothing acts behind a dialog.
import { useEffect, useRef } from 'react'
import { flushSync } from 'react-dom'
import { useIsActive } from '../../store/pane.ts'
import { statesNow } from '../../store/states.ts'
import { bringToFront, useView } from '../../store/view.ts'
import { type Chord, chordOf, matches, types } from './chord.ts'
import { isComing, keysWait, letWait } from './coming.ts'
import { chordsOf, type OwnKeys } from './own.ts'
import { type KeyId, keyIds, keyTable, type Scope, type Shortcut } from './table.ts'

/** Keys with which a list, a button or a field already means something when it has the focus. */
const native = new Set(['Enter', 'ArrowUp', 'ArrowDown', 'Home', 'End'])

const field =
  'input:not([type=checkbox]):not([type=radio]):not([type=button]), textarea, select, [contenteditable=true]'
const control = `${field}, button, a[href], [role=menuitem], [role=option], [role=tab], [role=radio]`
const layer = '[role=dialog], [role=alertdialog], [role=menu], [role=listbox][data-state=open]'

type Handler = (event: KeyboardEvent) => void
/** The last is asked. */
const handlers = new Map<KeyId, Handler[]>()
const overs = new WeakSet<Handler>()

interface Binding {
  id: KeyId
  scope: Scope
  chord: Chord
}
let bindings: { of: OwnKeys | undefined; all: Binding[] } | undefined

/** Made anew when somebody changes their keys. */
function bindingsNow(): Binding[] {
  const own = statesNow().preferences?.keys
  if (!bindings || bindings.of !== own) {
    const all = keyIds.flatMap(id =>
      chordsOf(id, own).map(text => ({ id, scope: keyTable[id].scope, chord: chordOf(text) })),
    )
    bindings = { of: own, all }
  }
  return bindings.all
}

/** Whether the keys of a scope are meant where the focus is. Nowhere is the list. */
export function inScope(scope: Scope, target: Element | null): boolean {
  if (scope === 'global' || scope === 'conversation') return true
  const here = target?.closest('[data-keys]')?.getAttribute('data-keys') ?? null
  return (
    here === scope || (scope === 'list' && here === null && (target === null || target === document.body))
  )
}

/** What is done in the thread is done where one sees it: nothing hidden takes the focus. */
function carryOut(id: KeyId, handler: Handler, event: KeyboardEvent): void {
  const { inThread }: Shortcut = keyTable[id]
  if (inThread && useView.getState().section === 'inbox') flushSync(() => bringToFront('main'))
  handler(event)
}

/** An action that a key means where it was pressed, and what is done then: nothing, where that is not possible now. */
type Meant = { id: KeyId; handler: Handler | undefined }

/** 229: the key belongs to an input method although composition has not begun or has just ended (Safari, some Windows IMEs). */
const isInputMethods = (event: KeyboardEvent): boolean => event.isComposing || event.keyCode === 229

function* allMeantBy(event: KeyboardEvent): Generator<Meant> {
  if (event.defaultPrevented || isInputMethods(event)) return
  const target = event.target instanceof Element ? event.target : null
  if (target?.closest(layer) || document.querySelector('[role=dialog][data-modal], [role=menu]')) return
  for (const { id, scope, chord } of bindingsNow()) {
    if (!matches(chord, event) || !inScope(scope, target)) continue
    if (types(chord) && target?.closest(field)) continue
    if (native.has(chord.key) && !chord.mod && target?.closest(control)) continue
    yield { id, handler: handlers.get(id)?.at(-1) }
  }
}

/** What a key would do where it was pressed; undefined: nothing of ours. */
function meantBy(event: KeyboardEvent): { id: KeyId; handler: Handler } | undefined {
  for (const { id, handler } of allMeantBy(event)) if (handler) return { id, handler }
  return undefined
}

/** What a key means of a conversation that was opened and is not there yet, or not all of it. */
function meantOfWhatComes(event: KeyboardEvent): Shortcut | undefined {
  if (!isComing()) return undefined
  for (const { id, handler } of allMeantBy(event)) {
    const { scope, inThread }: Shortcut = keyTable[id]
    if (handler && (overs.has(handler) || !inThread)) return undefined
    if (scope === 'conversation') return keyTable[id]
  }
  return undefined
}

/** The key that did something and is held down since: it does that once, and types nothing where it led to. */
let acted: string | undefined

function pressed(event: KeyboardEvent): void {
  const meant = meantBy(event)
  if (!meant) return
  event.preventDefault()
  const { again }: Shortcut = keyTable[meant.id]
  if (event.code !== '') acted = again ? undefined : event.code
  carryOut(meant.id, meant.handler, event)
}

/** Before anybody else: what is pressed while keys wait is behind them. */
function pressedFirst(event: KeyboardEvent): void {
  // What an input method is told stays with it: put off, it would arrive as a letter beside what is composed.
  if (!event.isTrusted || isInputMethods(event)) return
  const waits = keysWait()
  if (!event.repeat) acted = undefined
  else if (waits || event.code === acted) {
    event.preventDefault()
    event.stopImmediatePropagation()
    return
  }
  const meant = waits ? undefined : meantOfWhatComes(event)
  if (waits || meant) letWait(event, meant?.inThread === true)
}

/** For a field with keys of its own: whether a key is the desk's, and to be left to it. */
export const isMeant = (event: KeyboardEvent): boolean => meantBy(event) !== undefined

/** Whether a key is what the table has for one of these, whatever somebody has made of it. */
export const isUsual = (ids: readonly KeyId[], event: KeyboardEvent): boolean =>
  ids.some(id => keyTable[id].chords.some(chord => matches(chordOf(chord), event)))

/** Called once, by main.tsx. */
export function listenToKeys(): void {
  window.addEventListener('keydown', pressedFirst, { capture: true })
  window.addEventListener('keydown', pressed)
}

/**
 * Carries out a shortcut while the component is there. Of two for one id the one that came later is asked.
 * @param handler null: not possible now, the key does nothing
 * @param over asked before all that are not, whenever they came: what is chosen means more than what is open
 */
export function useKey(
  id: KeyId,
  handler: ((event: KeyboardEvent) => void) | null,
  over: boolean = false,
): void {
  const latest = useRef(handler)
  useEffect(() => {
    latest.current = handler
  })
  // Of two conversations beside each other keys mean the one that is worked in.
  const here = useIsActive()
  const active = handler !== null && here
  useEffect(() => {
    if (!active) return
    const mine = (event: KeyboardEvent): void => latest.current?.(event)
    const others = handlers.get(id) ?? []
    if (over) overs.add(mine)
    const below = others.filter(each => !overs.has(each))
    const above = others.filter(each => overs.has(each))
    handlers.set(id, over ? [...others, mine] : [...below, mine, ...above])
    return () => void handlers.set(id, handlers.get(id)?.filter(each => each !== mine) ?? [])
  }, [id, active, over])
}

/** Whether a shortcut would do something now; for the palette, which offers only that. */
export const possible = (id: KeyId): boolean => (handlers.get(id)?.length ?? 0) > 0

/** Does what the shortcut does. */
export function perform(id: KeyId): void {
  const handler = handlers.get(id)?.at(-1)
  if (handler) carryOut(id, handler, new KeyboardEvent('keydown'))
}
