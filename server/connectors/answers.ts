/** What an HTTP answer of another system means. */
import type { CardTrouble } from '#shared/model/card.ts'
import type { Answer, Called } from '../outward/call.ts'
import { troubled } from './connector.ts'

/** Without a word about how long: this long. And never longer than an hour, or somebody's slip silences it for ever. Milliseconds. */
const PAUSE = 30_000
const LONGEST_PAUSE = 3_600_000

/** JSON, and nothing else, even where it is a list or a word. */
export function jsonOf({ text }: Answer): { ok: true; json: unknown } | { ok: false } {
  try {
    return { ok: true, json: JSON.parse(text) }
  } catch {
    return { ok: false }
  }
}

/** Until when it does not want to be asked (RFC 9110 10.2.3: seconds or a date). */
export function retryAt(answer: Answer, now: number): number {
  const word = answer.headers['retry-after'] ?? ''
  const wait = /^\d{1,9}$/.test(word) ? Number(word) * 1000 : Date.parse(word) - now
  return now + Math.min(LONGEST_PAUSE, Math.max(1000, Number.isNaN(wait) ? PAUSE : wait))
}

/** Why an answer is none. Null: it is one (2xx). */
export function statusTrouble(answer: Answer, now: number): CardTrouble | null {
  const { status } = answer
  if (status >= 200 && status < 300) return null
  if (status === 429 || (status === 503 && answer.headers['retry-after'] !== undefined))
    return { kind: 'limited', status, retryAt: retryAt(answer, now) }
  if (status === 401 || status === 403) return { kind: 'refused-login', status }
  return { kind: 'failed', status }
}

export const callTrouble = (called: Extract<Called, { ok: false }>) => troubled(called.trouble)
