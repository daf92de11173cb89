import type { Ground } from './ground.ts'

/** Pages that have not felt it for some of these know that the core does not answer (renderer/link.ts). Milliseconds. */
export const PULSE = 2_000
/** So much later than it was due, the machine slept or the process was stopped. A step of a slow machine is shorter. */
const LATE = 3_000

/**
 * Beats as long as the core runs, and notices when it did not: a laptop's lid, a stopped process, a clock that was set. Timers
 * alone do not notice, for many systems' timers stand still in a sleep; what a shell tells of it may come late or not at all.
 *
 * @returns ends it
 */
export function keepPulse(ground: Ground, beat: () => void, awake: () => void): () => void {
  let due = ground.now() + PULSE
  let cancel = (): void => {}
  const next = (): void => {
    due = ground.now() + PULSE
    cancel = ground.after(PULSE, () => {
      if (Math.abs(ground.now() - due) > LATE) awake()
      beat()
      next()
    })
  }
  next()
  return () => cancel()
}
