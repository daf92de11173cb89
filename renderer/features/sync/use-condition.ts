import { create } from 'zustand'
import { onStates, statesNow } from '../../store/states.ts'
import { now } from '../../ui/clock.ts'
import { type Condition, conditionOf } from './describe.ts'

/** Milliseconds for which something must be so before it is said: what is sent at once, or a hub back in a moment, is no news. */
const patience: Partial<Record<Condition, number>> = { sending: 900, connecting: 1500 }
const beforeBanner = 1500
/** What is shown is older than this: after a sleep that is said at once, not when it has lasted. */
const old = 60_000

const useStore = create<{ condition: Condition; lasting: boolean }>(() => ({
  condition: 'starting',
  lasting: false,
}))

let actual: Condition = 'starting'
let signedIn = false
let timer: ReturnType<typeof setTimeout> | undefined
let lastingTimer: ReturnType<typeof setTimeout> | undefined

function follow(): void {
  const { connected, sync, desk } = statesNow()
  const next = conditionOf(connected ? sync : null, actual)
  const nowIn = desk?.phase === 'signed-in'
  // How long it was so while nobody sat here is nothing to whoever signs in.
  const cameIn = nowIn && !signedIn
  signedIn = nowIn
  if (next === actual && !cameIn) return
  actual = next
  clearTimeout(timer)
  clearTimeout(lastingTimer)
  const slept = sync?.currentAt != null && now() - sync.currentAt > old
  useStore.setState({ lasting: slept })
  const say = (): void => useStore.setState({ condition: next })
  const wait = slept ? undefined : patience[next]
  if (wait === undefined || useStore.getState().condition === 'starting') say()
  else timer = setTimeout(say, wait)
  if (!slept) lastingTimer = setTimeout(() => useStore.setState({ lasting: true }), beforeBanner)
}

onStates(follow)
follow()

/** The desk's condition, without the flicker of what passes at once. */
export const useCondition = (): Condition => useStore(({ condition }) => condition)

/** Whether it has lasted long enough to move everything down by a banner. */
export const useLasting = (): boolean => useStore(({ lasting }) => lasting)
