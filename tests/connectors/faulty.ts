/** A system of somebody else's that answers as it should, until it is told to fail. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import type { DoubleAnswer } from '../../server/connectors/zoho-crm/double.ts'

export const faults = {
  silent: () => undefined,
  cut: response => {
    response.writeHead(200, { 'content-type': 'application/json' }).write('{"orders":[')
    response.destroy()
  },
  'cut without a length': response => {
    response.socket?.end('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{"a":')
  },
  malformed: response => response.end('{"orders": ['),
  page: response => response.end('<!doctype html><title>Sign in</title>'),
  'wrong form': response => response.end('"a word"'),
  large: response => {
    const more = (): void => {
      while (!response.destroyed && response.write(Buffer.alloc(65_536, 32)));
    }
    response.on('drain', more)
    more()
  },
  'said large': response => response.writeHead(200, { 'content-length': 1e9 }).write('{'),
  'long headers': response => response.writeHead(200, { 'x-long': 'x'.repeat(40_000) }).end('{}'),
  packed: response => response.writeHead(200, { 'content-encoding': 'gzip' }).end('x'),
  error: response => response.writeHead(500).end('{"message":"out of order"}'),
  busy: response => response.writeHead(429, { 'retry-after': '30' }).end('{"code":"TOO_MANY_REQUESTS"}'),
  forbidden: response => response.writeHead(403).end('{"code":"NO_PERMISSION"}'),
  'moved away': response => response.writeHead(302, { location: 'https://elsewhere.example/' }).end(),
  'moved inside': response => response.writeHead(307, { location: 'http://127.0.0.2:1/' }).end(),
  'moved round': (response, request) => response.writeHead(302, { location: request.url ?? '/' }).end(),
} satisfies Record<string, (response: ServerResponse, request: IncomingMessage) => unknown>
export type FaultName = keyof typeof faults

export async function startSystem(answer: (request: IncomingMessage, body: string) => DoubleAnswer) {
  const asked: { path: string; headers: IncomingMessage['headers']; body: string }[] = []
  const state = {
    fault: null as FaultName | null,
    /** Answers wait until it is let go. */
    gate: null as Promise<void> | null,
    answer,
  }
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    asked.push({ path: request.url ?? '', headers: request.headers, body })
    await state.gate
    // Tokens come from somewhere else.
    if (state.fault && !request.url?.includes('token')) return faults[state.fault](response, request)
    const { status, headers, json } = state.answer(request, body)
    response.writeHead(status, { 'content-type': 'application/json', ...headers })
    response.end(json === undefined ? undefined : JSON.stringify(json))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const close = (): void => {
    server.closeAllConnections()
    server.close()
  }
  onTestFinished(close)
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    state,
    close,
    /** Requests for data, tokens not counted. */
    get calls() {
      return asked.filter(({ path }) => !path.includes('token')).length
    },
  }
}
