// What was just opened is not there for a moment. A key that means it waits for it, and so do all that are pressed after that one: otherwise
// it would do nothing, and the letters of an answer would be taken for commands.
import { useEffect } from 'react'
import { flushSync } from 'react-dom'
import { now } from '../../ui/clock.ts'
import { isComposing, leaveField, waitInField } from './waiting-field.ts'

/** Who has waited longer means something else by now. Milliseconds. */
const LONGEST = 2_000

let comings = 0
let waiting: { pressed: KeyboardEvent | string; since: number }[] = []

/** Whether what is open is still on its way. */
export const isComing = (): boolean => comings > 0

/** Whether keys wait for it. What is pressed now is behind them. */
export function keysWait(): boolean {
  const [first] = waiting
  if (first && now() - first.since > LONGEST) {
    waiting = []
    leaveField()
  }
  // Not within an effect: what a key does may have to be drawn at once.
  if (comings === 0 && waiting.length > 0) queueMicrotask(pressAgain)
  return waiting.length > 0
}

/**
 * Puts a key off until what is open is there.
 * @param toField it leads to where one writes, perhaps with an input method
 */
export function letWait(event: KeyboardEvent, toField: boolean): void {
  event.preventDefault()
  event.stopImmediatePropagation()
  waiting.push({ pressed: event, since: now() })
  if (!toField) return
  waitInField(
    words => waiting.push({ pressed: words, since: now() }),
    () => void keysWait(),
  )
}

/**
 * Says whether what keys of a conversation mean is still on its way. Where several say so all are waited for.
 * To be called where all that listens to those keys is drawn beneath or before.
 */
export function useComing(coming: boolean): void {
  useEffect(() => {
    if (!coming) return void keysWait()
    comings++
    return () => void comings--
  }, [coming])
}

function pressAgain(): void {
  // What is half composed is finished first: it is asked again then.
  if (isComposing()) return
  while (comings === 0) {
    const first = waiting.shift()
    if (!first) return
    leaveField()
    if (typeof first.pressed === 'string') document.execCommand('insertText', false, first.pressed)
    else press(first.pressed)
    // What it did is in place before the next: that may mean what this one opened, and waits again.
    flushSync(() => undefined)
  }
}

/** As the keyboard does: whoever has the focus is asked, and where nobody takes a key it is a letter. */
function press({ type, key, code, keyCode, ctrlKey, metaKey, shiftKey, altKey }: KeyboardEvent): void {
  const at = document.activeElement ?? document.body
  const keys = { key, code, keyCode, ctrlKey, metaKey, shiftKey, altKey }
  const again = new KeyboardEvent(type, { ...keys, bubbles: true, cancelable: true, composed: true })
  if (!at.dispatchEvent(again) || ctrlKey || metaKey || altKey) return
  if (key.length === 1) document.execCommand('insertText', false, key)
  else if (key === 'Enter') document.execCommand('insertLineBreak')
  else if (key === 'Backspace') document.execCommand('delete')
}
