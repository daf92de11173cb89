/** One who puts in customers as a desk does, by HTTP alone. */
import { uuidv7 } from 'uuidv7'
import { ErrorAnswer, Session } from '#shared/protocol/http.ts'
import { ImportLine, type ImportRow, ImportState } from '#shared/protocol/import.ts'

export type Asked = { state?: ImportState; lines?: ImportLine[]; kind?: string; status: number }

/** One who asks the hub as a desk does. */
export async function personAt(url: string, name: string, password: string) {
  const device = { id: null, name: 'desk', platform: 'linux' }
  const signIn = await fetch(`${url}/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: `${name}@skein.example`, password, device }),
  })
  const { accessToken } = Session.parse(await signIn.json())
  const ask = async (
    path: string,
    body?: unknown,
    method = body === undefined ? 'GET' : 'POST',
  ): Promise<Asked> => {
    const response = await fetch(`${url}/v1/imports${path}`, {
      method,
      headers: {
        authorization: `Bearer ${accessToken}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const { status } = response
    const text = await response.text()
    if (!response.ok) return { status, kind: ErrorAnswer.parse(JSON.parse(text)).fault.kind }
    if (!response.headers.get('content-type')?.includes('ndjson'))
      return { status, ...(text === '' ? {} : { state: ImportState.parse(JSON.parse(text)) }) }
    const lines = text.split('\n').filter(line => line !== '')
    return { status, lines: lines.map(line => ImportLine.parse(JSON.parse(line))) }
  }
  /** Calls `told` with each line of a commit as it comes; what breaks off ends without a word. */
  const commit = async (id: string, told: (line: ImportLine) => unknown): Promise<void> => {
    const response = await fetch(`${url}/v1/imports/${id}/commit`, {
      method: 'POST',
      headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ part: false }),
    })
    let rest = ''
    const decoder = new TextDecoder()
    try {
      for await (const bytes of response.body!) {
        const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n')
        rest = lines.pop()!
        for (const line of lines) if (line !== '') await told(ImportLine.parse(JSON.parse(line)))
      }
    } catch (error) {
      if (!(error instanceof TypeError)) throw error
    }
  }
  const begin = async (
    rows: readonly ImportRow[],
    existing: 'update' | 'leave' = 'update',
    count = rows.length,
  ) => {
    const id = uuidv7()
    await ask('', { id, rows: count, existing })
    for (let from = 0; from < rows.length; from += 500)
      await ask(`/${id}/rows`, { from, rows: rows.slice(from, from + 500) })
    return id
  }
  const end = ({ lines = [] }: Asked) => lines.at(-1)
  const problems = ({ lines = [] }: Asked) =>
    lines.flatMap(line => (line.t === 'problems' ? line.problems : []))
  return { ask, begin, commit, end, problems }
}

export const row = (number: number, more: Partial<ImportRow> = {}): ImportRow => ({
  row: number,
  set: { name: `Person ${number}` },
  addresses: [{ channel: 'email', address: `person${number}@import.example` }],
  ...more,
})
