import { type Attention, type AttentionPreferences, attentionOf } from '#shared/rules/attention.ts'
import { prefer } from '../../store/core.ts'
import { statesNow, usePreferences } from '../../store/states.ts'
import { now } from '../../ui/clock.ts'

export const useAttention = (): Attention => attentionOf(usePreferences()?.attention)
export const attentionNow = (): Attention => attentionOf(statesNow().preferences?.attention)

export const setAttention = (change: AttentionPreferences): Promise<void> =>
  prefer({ attention: { ...statesNow().preferences?.attention, ...change } })

const HOUR = 3_600_000

export const muteForAnHour = (): Promise<void> => setAttention({ mutedUntil: now() + HOUR })
export const unmute = (): Promise<void> => setAttention({ mutedUntil: null })

/** Nine in the morning of the day after. */
export function muteUntilTomorrow(): Promise<void> {
  const morning = new Date(now())
  morning.setDate(morning.getDate() + 1)
  return setAttention({ mutedUntil: morning.setHours(9, 0, 0, 0) })
}
