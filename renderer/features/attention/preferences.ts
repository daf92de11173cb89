import { type Attention, type AttentionPreferences, attentionOf } from '#shared/rules/attention.ts'
import { request } from '../../store/core.ts'
import { statesNow, usePreferences } from '../../store/states.ts'
import { faultToast } from '../../store/toasts.ts'
import { now } from '../../ui/clock.ts'

export const useAttention = (): Attention => attentionOf(usePreferences()?.attention)
export const attentionNow = (): Attention => attentionOf(statesNow().preferences?.attention)

export async function setAttention(change: AttentionPreferences): Promise<void> {
  const attention = { ...statesNow().preferences?.attention, ...change }
  const result = await request('setPreferences', { attention })
  if (!result.ok) faultToast(result.fault)
}

const HOUR = 3_600_000

export const muteForAnHour = (): Promise<void> => setAttention({ mutedUntil: now() + HOUR })
export const unmute = (): Promise<void> => setAttention({ mutedUntil: null })

/** Nine in the morning of the day after. */
export function muteUntilTomorrow(): Promise<void> {
  const morning = new Date(now())
  morning.setDate(morning.getDate() + 1)
  return setAttention({ mutedUntil: morning.setHours(9, 0, 0, 0) })
}
