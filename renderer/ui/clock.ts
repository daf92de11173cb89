// The renderer's one clock. Components draw again when it ticks, not when they like; tests and pictures set it.
import { useSyncExternalStore } from 'react'

type Tick = 'minute' | 'second'

let read = (): number => Date.now()
const listeners: Record<Tick, Set<() => void>> = { minute: new Set(), second: new Set() }
const current: Record<Tick, number> = { minute: read(), second: read() }
const timers: Partial<Record<Tick, ReturnType<typeof setTimeout>>> = {}
const length: Record<Tick, number> = { minute: 60_000, second: 1_000 }

/** Milliseconds since the epoch, to the moment; for stamping what is written, not for drawing. */
export const now = (): number => read()

/** Another source of time, for tests and pictures. */
export function setClock(source: () => number): void {
  read = source
  for (const tick of ['minute', 'second'] as const) advance(tick)
}

function advance(tick: Tick): void {
  current[tick] = read()
  for (const listener of [...listeners[tick]]) listener()
}

function schedule(tick: Tick): void {
  const wait = length[tick] - (read() % length[tick])
  timers[tick] = setTimeout(() => {
    advance(tick)
    schedule(tick)
  }, wait)
}

/** Ticks that are overdue are made up for: the machine slept, and timers with it. A clock that was set back counts as that, too. */
export function catchUp(): void {
  for (const tick of ['minute', 'second'] as const) {
    const age = read() - current[tick]
    if (listeners[tick].size === 0 || (age >= 0 && age < length[tick] + 1_000)) continue
    clearTimeout(timers[tick])
    advance(tick)
    schedule(tick)
  }
}

function subscribe(tick: Tick, listener: () => void): () => void {
  // Nobody looked for a while: the value is old.
  if (listeners[tick].size === 0) {
    current[tick] = read()
    schedule(tick)
  }
  listeners[tick].add(listener)
  return () => {
    listeners[tick].delete(listener)
    if (listeners[tick].size === 0) clearTimeout(timers[tick])
  }
}

const onMinute = (listener: () => void): (() => void) => subscribe('minute', listener)
const onSecond = (listener: () => void): (() => void) => subscribe('second', listener)

/** The time, renewed at every full minute. */
export const useNow = (): number => useSyncExternalStore(onMinute, () => current.minute)
/** The time, renewed every second: for countdowns, while they are shown. */
export const useNowBySecond = (): number => useSyncExternalStore(onSecond, () => current.second)
