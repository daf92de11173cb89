import { languageNow } from '../../app/i18n.ts'
import { clockTime, shortTime } from '../../ui/time.ts'

/** `14:02` today, otherwise with its day: `Tue 14:02`, `2 Oct 14:02`. */
export function whenText(at: number, now: number): string {
  const language = languageNow()
  const time = clockTime(at, language)
  const short = shortTime(at, now, language)
  return short === time ? time : `${short} ${time}`
}
