/** An administrator's inboxes: everything is asked of the hub and nothing of it is kept here, least of all secrets. */
import { z } from 'zod'
import type { EventOf, RequestArgs } from '#shared/ipc/contract.ts'
import {
  ChatMade,
  Inboxes,
  isEnd,
  ProviderAnswer,
  type SetUpEnd,
  SetUpStep,
} from '#shared/protocol/inboxes.ts'
import { FaultError, fail } from './fault-error.ts'
import { ask, type Fetch, json } from './sync/hub-http.ts'
import { askLines } from './sync/hub-lines.ts'
import type { Tokens } from './sync/tokens.ts'

export interface InboxDeps {
  /** Of the desk that is open. Throws where nobody may ask. */
  tokens(): Tokens
  fetch: Fetch
  /** A step of an attempt, for the page that began it. */
  tell(step: EventOf<'setUpStep'>): void
}

/** Every failure is thrown as a FaultError. */
export function createInboxes(deps: InboxDeps) {
  /** Attempts under way, by the name their page gave them. */
  const underWay = new Map<string, AbortController>()

  const addressed = async (path: string, body?: unknown): Promise<[string, RequestInit]> => {
    const session = await deps.tokens().fresh()
    if (!session.ok) throw new FaultError(session.fault)
    const { hubUrl, accessToken } = session.value
    const init = body === undefined ? {} : json(body)
    const headers = { ...(init.headers as Record<string, string>), authorization: `Bearer ${accessToken}` }
    return [`${hubUrl}/v1/inboxes${path}`, { ...init, headers }]
  }

  const asked = async <T>(path: string, answer: z.ZodType<T>, body?: unknown): Promise<T> => {
    const [url, init] = await addressed(path, body)
    const result = await ask(deps.fetch, url, answer, init)
    if (result.ok) return result.value
    // A hub without a list of them is from before there was one.
    throw path === '' && result.fault.kind === 'not-found'
      ? fail('hub-too-old')
      : new FaultError(result.fault)
  }

  /** Tells every step while it happens. */
  const attempted = async (attempt: string, path: string, body: unknown): Promise<SetUpEnd> => {
    const given = new AbortController()
    underWay.set(attempt, given)
    try {
      const [url, init] = await addressed(path, body)
      const steps = askLines(deps.fetch, url, SetUpStep, { ...init, signal: given.signal })
      for await (const step of steps) {
        if (isEnd(step)) return step
        deps.tell({ attempt, step })
      }
      throw fail('hub-unreachable')
    } finally {
      underWay.delete(attempt)
      given.abort()
    }
  }

  return {
    list: () => asked('', Inboxes),
    provider: (args: RequestArgs<'mailProvider'>) => asked('/provider', ProviderAnswer, args),
    setUpMail: ({ attempt, wish }: RequestArgs<'mailSetUp'>) => attempted(attempt, '/mail', wish),
    check: ({ attempt, inboxId }: RequestArgs<'mailCheck'>) =>
      attempted(attempt, `/${encodeURIComponent(inboxId)}/check`, {}),
    giveUp({ attempt }: RequestArgs<'setUpGiveUp'>): null {
      underWay.get(attempt)?.abort()
      return null
    },
    setUpChat: (wish: RequestArgs<'chatSetUp'>) => asked('/chat', ChatMade, wish),
    async change({ inboxId, change }: RequestArgs<'inboxChange'>): Promise<null> {
      await asked(`/${encodeURIComponent(inboxId)}`, z.undefined(), change)
      return null
    },
  }
}
