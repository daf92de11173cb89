/** An administrator's connections to other systems: everything is asked of the hub and nothing of it is kept here, least of all secrets. */
import { z } from 'zod'
import type { RequestArgs } from '#shared/ipc/contract.ts'
import { ConnectorMade, Connectors, Tried } from '#shared/protocol/connectors.ts'
import { FaultError, fail } from './fault-error.ts'
import { ask, type Fetch, json } from './sync/hub-http.ts'
import type { Tokens } from './sync/tokens.ts'

/** Every failure is thrown as a FaultError. */
export function createConnectors(deps: { tokens(): Tokens; fetch: Fetch }) {
  const asked = async <T>(path: string, answer: z.ZodType<T>, body?: unknown): Promise<T> => {
    const session = await deps.tokens().fresh()
    if (!session.ok) throw new FaultError(session.fault)
    const { hubUrl, accessToken } = session.value
    const { headers, ...init } = body === undefined ? {} : json(body)
    const result = await ask(deps.fetch, `${hubUrl}/v1/connectors${path}`, answer, {
      ...init,
      headers: { ...(headers as Record<string, string>), authorization: `Bearer ${accessToken}` },
    })
    if (result.ok) return result.value
    // A hub without a list of them is from before there was one.
    throw path === '' && body === undefined && result.fault.kind === 'not-found'
      ? fail('hub-too-old')
      : new FaultError(result.fault)
  }

  return {
    list: () => asked('', Connectors),
    setUp: (wish: RequestArgs<'connectorSetUp'>) => asked('', ConnectorMade, wish),
    try: (trial: RequestArgs<'connectorTry'>) => asked('/try', Tried, trial),
    async change({ connectorId, change }: RequestArgs<'connectorChange'>): Promise<null> {
      await asked(`/${encodeURIComponent(connectorId)}`, z.undefined(), change)
      return null
    },
  }
}
