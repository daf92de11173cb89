// One attempt to set up or check a mailbox, while it happens. Leaving the form gives it up.
import { useCallback, useEffect, useRef, useState } from 'react'
import { fault } from '#shared/protocol/fault.ts'
import type { MailWish, SetUpEnd, SetUpStep, StepName } from '#shared/protocol/inboxes.ts'
import { onCore, request } from '../../../store/core.ts'

export interface StepLine {
  step: StepName
  state: 'begun' | 'done' | 'failed'
  told: SetUpStep
}

export interface Attempt {
  busy: boolean
  lines: readonly StepLine[]
  /** A word to be typed at the provider's page, while that is waited for. */
  word: Extract<SetUpStep, { t: 'word' }> | null
  /** How the last one ended; null while none has. */
  end: SetUpEnd | null
  setUp(wish: MailWish): Promise<SetUpEnd>
  check(inboxId: string): Promise<SetUpEnd>
  giveUp(): void
  /** The fields were changed: what was said about them no longer holds. */
  forget(): void
}

const nothing = { lines: [] as StepLine[], word: null as Attempt['word'], end: null as SetUpEnd | null }

export function useAttempt(): Attempt {
  const [seen, setSeen] = useState(nothing)
  const [busy, setBusy] = useState(false)
  const current = useRef<string | null>(null)

  useEffect(
    () =>
      onCore('setUpStep', ({ attempt, step }) => {
        if (attempt === current.current) setSeen(before => ({ ...before, ...after(before, step) }))
      }),
    [],
  )

  const giveUp = useCallback(() => {
    const attempt = current.current
    current.current = null
    setBusy(false)
    setSeen(nothing)
    if (attempt) void request('setUpGiveUp', { attempt })
  }, [])
  useEffect(() => giveUp, [giveUp])

  const run = async (
    ask: (attempt: string) => ReturnType<typeof request<'mailSetUp'>>,
  ): Promise<SetUpEnd> => {
    const attempt = crypto.randomUUID()
    current.current = attempt
    setSeen(nothing)
    setBusy(true)
    const result = await ask(attempt)
    const end: SetUpEnd = result.ok ? result.value : { t: 'fault', fault: result.fault }
    // Given up meanwhile: nobody wants to know.
    if (current.current !== attempt) return { t: 'fault', fault: fault('internal') }
    current.current = null
    setBusy(false)
    setSeen(before => ({ ...before, word: null, end }))
    return end
  }

  return {
    ...seen,
    busy,
    setUp: wish => run(attempt => request('mailSetUp', { attempt, wish })),
    check: inboxId => run(attempt => request('mailCheck', { attempt, inboxId })),
    giveUp,
    forget: () => setSeen(nothing),
  }
}

function after(before: typeof nothing, told: SetUpStep): Partial<typeof nothing> {
  if (told.t === 'word') return { word: told }
  if (told.t !== 'begun' && told.t !== 'done' && told.t !== 'failed') return {}
  const line: StepLine = { step: told.step, state: told.t, told }
  const known = before.lines.some(({ step }) => step === told.step)
  const lines = known
    ? before.lines.map(each => (each.step === told.step ? line : each))
    : [...before.lines, line]
  return { lines, ...(told.step === 'sign-in' && told.t !== 'begun' ? { word: null } : {}) }
}
