// What is done to many at once: one thing at a time, told while it goes on, in words.
import { create } from 'zustand'
import type { EventName } from '#shared/ipc/contract.ts'
import type { Result } from '#shared/protocol/fault.ts'
import { onCore } from './core.ts'
import { faultToast } from './toasts.ts'

export interface Going {
  /** What goes on, in words. */
  text: string
  done: number
  total: number
}

/** What goes on; null: nothing. */
export const useMany = create<{ going: Going | null }>(() => ({ going: null }))

/** Waits for what the core does to many. Null: it failed, which was said, or something else goes on. */
export async function goOn<T>(
  text: string,
  attempt: string,
  event: Extract<EventName, 'customersChange' | 'conversationsChange'>,
  ask: () => Promise<Result<T>>,
): Promise<T | null> {
  if (useMany.getState().going) return null
  useMany.setState({ going: { text, done: 0, total: 0 } })
  const stop = onCore(event, ({ attempt: of, done, total }) => {
    if (of === attempt) useMany.setState({ going: { text, done, total } })
  })
  const result = await ask()
  stop()
  useMany.setState({ going: null })
  if (result.ok) return result.value
  faultToast(result.fault)
  return null
}
