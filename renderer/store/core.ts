// Asking the core, and what it tells about itself.
import type { EventName, EventOf, RequestArgs, RequestName, RequestResult } from '#shared/ipc/contract.ts'
import type { Preferences } from '#shared/ipc/states.ts'
import type { MutationArgs, MutationName } from '#shared/mutations/index.ts'
import type { Result } from '#shared/protocol/fault.ts'
import { link } from '../bridge.ts'
import { faultToast } from './toasts.ts'

/** Never rejects. What failed as expected is in the result; `app/faults.ts` has the sentence for it. */
export const request = <N extends RequestName>(
  name: N,
  args: RequestArgs<N>,
): Promise<Result<RequestResult<N>>> => link.request(name, args)

/** A change, durable in the outbox when this resolves (S11). Never rejects. */
export const mutate = <N extends MutationName>(
  name: N,
  args: MutationArgs<N>,
): Promise<Result<RequestResult<'mutate'>>> => link.request('mutate', { name, args })

/** The same for a change with nothing of its own to show a failure in: it is told in a toast. @returns whether it was taken */
export async function act<N extends MutationName>(name: N, args: MutationArgs<N>): Promise<boolean> {
  const result = await mutate(name, args)
  if (!result.ok) faultToast(result.fault)
  return result.ok
}

/** What the person at the desk prefers from now on. A failure is told in a toast. */
export async function prefer(change: Partial<Preferences>): Promise<void> {
  const result = await request('setPreferences', change)
  if (!result.ok) faultToast(result.fault)
}

/** What the core tells while something it was asked goes on. @returns ends it */
export const onCore = <N extends EventName>(name: N, listener: (value: EventOf<N>) => void): (() => void) =>
  link.on(name, listener)
