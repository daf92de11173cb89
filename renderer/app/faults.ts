import type { Fault, FaultKind } from '#shared/protocol/fault.ts'
import { agentNameNow } from '../store/directory.ts'
import { sizeText } from '../ui/size.ts'
import { words } from './faults.words.ts'
import { say } from './i18n.ts'
import { refusalSentence } from './refusals.ts'

/** What to tell a person about a fault, in their language: what is so and what to do next. */
export function faultSentence({ kind, params = {} }: Fault): string {
  if (kind === 'too-many-attempts') return say(words, kind, { count: Number(params.seconds ?? 60) })
  if (kind === 'too-large')
    return typeof params.limit === 'number'
      ? say(words, kind, { limit: sizeText(params.limit) })
      : say(words, 'too-large-plain')
  if (kind === 'invalid' && typeof params.code === 'string')
    return refusalSentence(params.code, agentNameNow(String(params.agentId ?? '')))
  if (kind === 'hub-address-invalid' && params.reason === 'not-encrypted') return say(words, 'not-encrypted')
  return say(words, kind)
}

// A kind without a sentence does not compile.
const complete = words.en satisfies Record<Exclude<FaultKind, 'too-many-attempts'>, string>
void complete
