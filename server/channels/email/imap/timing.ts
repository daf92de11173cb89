/** Milliseconds. Tests make them short; nothing else does. */
export type Timing = {
  /** IDLE is renewed after this long: servers end it after 30 minutes (RFC 2177), many routers forget a quiet line after 5. */
  renew: number
  /** Between looks at a mailbox whose server has no IDLE. */
  poll: number
  /** A server that owes an answer for this long is gone. */
  silence: number
  connect: number
  /** Between attempts to connect: doubled each time, up to `backoffMost`. */
  backoff: number
  backoffMost: number
  /** Between looks at which accounts there are. */
  accounts: number
  /** A hub that does not prolong its lease for so long has lost the account to another. */
  lease: number
}

export const TIMING: Timing = {
  renew: 4 * 60_000,
  poll: 60_000,
  silence: 60_000,
  connect: 30_000,
  backoff: 1_000,
  backoffMost: 5 * 60_000,
  accounts: 10_000,
  lease: 30_000,
}

/** Ends early when `signal` does. */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    if (signal.aborted) return resolve()
    const done = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, milliseconds)
    signal.addEventListener('abort', done, { once: true })
  })
}
