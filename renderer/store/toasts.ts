// Short words at the window's foot. A toast says what happened and may carry one way on (undo, retry, open); it is never the only
// place where something important is told.
import { create } from 'zustand'
import type { Fault } from '#shared/protocol/fault.ts'
import { faultSentence } from '../app/faults.ts'
import type { KeyId } from '../app/keys/table.ts'

export interface Toast {
  id: number
  /** `news`: somebody wrote. */
  tone: 'plain' | 'bad' | 'news'
  text: string
  /** With a shortcut, the same by a key; whoever knows the key carries it out. */
  action: { label: string; run(): void; shortcut?: KeyId } | null
  /** For how many seconds the action is possible; null: it stays a usual while. */
  seconds: number | null
}

const useStore = create<{ toasts: readonly Toast[] }>(() => ({ toasts: [] }))

let lastId = 0
const most = 3

/** Bad ones and those with an action stay longer; one under the pointer or the focus stays (ui/toast.tsx). */
export function toast(
  text: string,
  options: Partial<Pick<Toast, 'tone' | 'action' | 'seconds'>> = {},
): number {
  const id = ++lastId
  const { tone = 'plain', action = null, seconds = null } = options
  const next: Toast = { id, tone, text, action, seconds }
  useStore.setState(({ toasts }) => ({ toasts: [...toasts, next].slice(-most) }))
  return id
}

export const faultToast = (fault: Fault): number => toast(faultSentence(fault), { tone: 'bad' })

export const dismissToast = (id: number): void =>
  useStore.setState(({ toasts }) => ({ toasts: toasts.filter(each => each.id !== id) }))

export const useToasts = (): readonly Toast[] => useStore(({ toasts }) => toasts)
