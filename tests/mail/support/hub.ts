import type { Timing } from '../../../server/channels/email/imap/timing.ts'
import { emailChannel } from '../../../server/channels/email/index.ts'
import { channels } from '../../../server/channels/index.ts'
import { type HubOptions, startHub } from '../../hub/hub.ts'

/** Short enough for a test to see every wait end; only a real hang is as long as the tests' own patience. */
export const QUICK: Partial<Timing> = {
  renew: 60_000,
  poll: 200,
  silence: 20_000,
  connect: 20_000,
  backoff: 50,
  backoffMost: 400,
  accounts: 100,
  lease: 10_000,
}

/** A hub on a real PostgreSQL whose mail channel is in a hurry. */
export function startMailHub(timing: Partial<Timing> = {}, options: HubOptions = {}) {
  const email = emailChannel({ ...QUICK, ...timing })
  const others = [...channels].filter(([id]) => id !== 'email')
  return startHub({
    ...options,
    deps: { channels: new Map([...others, ['email', email as never]]), ...options.deps },
  })
}
