// What outlives the page that shows it: one that crashed or was loaded anew is where it was. In this window's own session storage,
// which a new window does not have. Ids and choices only, never words (those are drafts, in the core); gone with the session (S9).
import { useState } from 'react'
import { z } from 'zod'

const prefix = 'skein.'
const about = z.object({ of: z.string(), value: z.unknown() })

/** Where there is none (tests without a page) nothing is kept. */
const storage = (): Storage | undefined => (typeof document === 'undefined' ? undefined : sessionStorage)

/** What was kept under this name; undefined when nothing was, or when it is of another version. */
export function kept<S extends z.ZodType>(name: string, schema: S): z.infer<S> | undefined {
  try {
    const parsed = schema.safeParse(JSON.parse(storage()?.getItem(prefix + name) ?? 'null'))
    return parsed.success ? parsed.data : undefined
  } catch {
    return undefined
  }
}

export function keep(name: string, value: unknown): void {
  try {
    storage()?.setItem(prefix + name, JSON.stringify(value))
  } catch {
    // No room: after a crash one begins at the beginning.
  }
}

/** Somebody has signed out. */
export function forgetKept(): void {
  const all = storage()
  for (const name of Object.keys(all ?? {})) if (name.startsWith(prefix)) all?.removeItem(name)
}

interface Store<State> {
  getState(): State
  setState(part: Partial<State>): void
  subscribe(listener: (state: State, before: State) => void): unknown
}

/** Keeps those parts of a store that the schema names, and puts them back at once. */
export function keepStore<State extends object, S extends z.ZodType<Partial<State>>>(
  store: Store<State>,
  name: string,
  schema: S,
): void {
  const before = kept(name, schema)
  if (before) store.setState(before)
  let last = ''
  store.subscribe(state => {
    const parts = schema.safeParse(state)
    const text = parts.success ? JSON.stringify(parts.data) : last
    if (text === last) return
    last = text
    if (parts.success) keep(name, parts.data)
  })
}

/** A state of a component that is kept, for as long as it is about the same thing. */
export function useKept<S extends z.ZodType>(
  name: string,
  of: string,
  schema: S,
  initial: z.infer<S>,
): [z.infer<S>, (to: z.infer<S>) => void] {
  const [value, setValue] = useState<z.infer<S>>(() => keptOf(name, of, schema) ?? initial)
  return [
    value,
    to => {
      keepOf(name, of, to)
      setValue(to)
    },
  ]
}

/** What was kept about this one thing; what was kept about another does not count. */
export function keptOf<S extends z.ZodType>(name: string, of: string, schema: S): z.infer<S> | undefined {
  const found = kept(name, about)
  const parsed = found?.of === of ? schema.safeParse(found.value) : undefined
  return parsed?.success ? parsed.data : undefined
}

export const keepOf = (name: string, of: string, value: unknown): void => keep(name, { of, value })
