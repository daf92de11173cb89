/** What the hub is asked of an import (shared/protocol/import.ts). Every failure is thrown as a FaultError. */
import type { Id } from '#shared/model/base.ts'
import { ImportLine, type ImportPlan, type ImportRow, ImportState } from '#shared/protocol/import.ts'
import { FaultError, fail } from '../fault-error.ts'
import { ask, type Fetch, json } from '../sync/hub-http.ts'
import { askLines } from '../sync/hub-lines.ts'
import type { Tokens } from '../sync/tokens.ts'

export interface ImportHubDeps {
  tokens(): Tokens
  fetch: Fetch
}

/** A hub that says nothing for so long is not there. Milliseconds. */
const TIMEOUT = 60_000
/** Characters of a line with as many problems as go into one. */
const LONGEST = 200_000

export function createImportHub(deps: ImportHubDeps) {
  const addressed = async (path: string, init: RequestInit): Promise<[string, RequestInit]> => {
    const session = await deps.tokens().fresh()
    if (!session.ok) throw new FaultError(session.fault)
    const { hubUrl, accessToken } = session.value
    const headers = { ...(init.headers as Record<string, string>), authorization: `Bearer ${accessToken}` }
    return [`${hubUrl}/v1/imports${path}`, { signal: AbortSignal.timeout(TIMEOUT), ...init, headers }]
  }

  const state = async (path: string, init: RequestInit = {}): Promise<ImportState> => {
    const [url, addressedInit] = await addressed(path, init)
    const answer = await ask(deps.fetch, url, ImportState, addressedInit)
    if (answer.ok) return answer.value
    // A hub that knows no imports is from before there were any.
    throw path === '' && answer.fault.kind === 'not-found'
      ? fail('hub-too-old')
      : new FaultError(answer.fault)
  }

  /** Tells each line; answers the last one, which is an end. */
  const lines = async (
    path: string,
    body: unknown,
    tell: (line: ImportLine) => void,
  ): Promise<Extract<ImportLine, { t: 'report' | 'done' }>> => {
    const left = new AbortController()
    const [url, init] = await addressed(path, { ...json(body), signal: left.signal })
    try {
      for await (const line of askLines(deps.fetch, url, ImportLine, init, LONGEST)) {
        if (line.t === 'fault') throw new FaultError(line.fault)
        if (line.t === 'report' || line.t === 'done') return line
        tell(line)
      }
    } finally {
      left.abort()
    }
    throw fail('hub-unreachable')
  }

  const of = (id: Id): string => `/${encodeURIComponent(id)}`
  return {
    begin: (plan: ImportPlan) => state('', json(plan)),
    add: (id: Id, from: number, rows: readonly ImportRow[]) => state(`${of(id)}/rows`, json({ from, rows })),
    check: (id: Id, tell: (line: ImportLine) => void) => lines(`${of(id)}/check`, {}, tell),
    commit: (id: Id, how: { part: boolean }, tell: (line: ImportLine) => void) =>
      lines(`${of(id)}/commit`, how, tell),
    /** Nobody waits for it: what is left is forgotten by itself. */
    async drop(id: Id): Promise<void> {
      const [url, init] = await addressed(of(id), { method: 'DELETE' })
      await deps.fetch(url, init).catch(() => undefined)
    },
  }
}
