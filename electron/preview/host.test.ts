import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { type IncomingHttpHeaders, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import type { Port } from '#shared/ipc/port.ts'
import { decodeFrame, encodeFrame } from '#shared/ipc/wire.ts'
import { chromiumForPages } from '../../build/scripts/chromium.ts'
import { type Preview, startPreview } from './host.ts'

let home: string
let folder: string
let preview: Preview
let ports: Port[]

const echo = (port: Port): void => {
  ports.push(port)
  port.onMessage(message => port.post({ heard: message }))
}

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'skein-preview-'))
  folder = join(home, 'page')
  await mkdir(folder)
  await writeFile(
    join(folder, 'index.html'),
    '<!doctype html><title>desk</title><script type="module" src="./app.js"></script>',
  )
  await writeFile(join(folder, 'app.js'), 'document.title = "running"')
  await writeFile(join(home, 'skein-outside.html'), 'outside')
  ports = []
  preview = await startPreview({ connect: echo, renderer: { folder } })
})

afterEach(async () => {
  await preview.close()
  await rm(home, { recursive: true })
})

const get = (
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<{ status: number; headers: IncomingHttpHeaders; body: string }> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(preview.origin)
    const sent = request({ hostname, port, path, headers, method }, response => {
      let body = ''
      response.setEncoding('utf8')
      response.on('data', part => {
        body += part
      })
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }))
    })
    sent.on('error', reject)
    sent.end()
  })

const enter = async (): Promise<string> => {
  const entrance = new URL(preview.entrance())
  const { headers } = await get(entrance.pathname + entrance.search)
  return headers['set-cookie']![0]!.split(';')[0]!
}

/** @returns 'open' with the socket, or the status that refused it */
const connect = (headers: Record<string, string>): Promise<WebSocket | number> =>
  new Promise(resolve => {
    const socket = new WebSocket(`${preview.origin.replace('http', 'ws')}/port`, { headers })
    socket.once('open', () => resolve(socket))
    socket.once('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0))
    socket.once('error', () => {})
  })

describe('who is let in', () => {
  test('the address works once, leaves an HttpOnly SameSite=Strict cookie, and leads away from the token', async () => {
    const entrance = new URL(preview.url)
    const first = await get(entrance.pathname + entrance.search)
    expect(first.status).toBe(303)
    expect(first.headers.location).toBe('/')
    expect(first.headers['set-cookie']![0]).toMatch(/; HttpOnly; SameSite=Strict; Path=\/$/)
    expect((await get(entrance.pathname + entrance.search)).status).toBe(403)
  })

  test('without the cookie nothing is served, with it the page is', async () => {
    expect((await get('/')).status).toBe(403)
    expect((await get('/', { cookie: 'skein-preview-1=guess' })).status).toBe(403)
    const cookie = await enter()
    expect((await get('/', { cookie })).status).toBe(200)
  })

  test('another Host is refused, even with the cookie (DNS rebinding)', async () => {
    const cookie = await enter()
    expect((await get('/', { cookie, host: 'evil.example' })).status).toBe(421)
    expect((await get('/', { cookie, host: `localhost:${new URL(preview.origin).port}` })).status).toBe(421)
  })

  test('only reading is possible', async () => {
    expect((await get('/', { cookie: await enter() }, 'POST')).status).toBe(405)
  })

  test('the socket needs the cookie and the preview’s own Origin and Host', async () => {
    const cookie = await enter()
    const origin = preview.origin
    expect(await connect({ origin })).toBe(403)
    expect(await connect({ cookie })).toBe(403)
    expect(await connect({ cookie, origin: 'http://evil.example' })).toBe(403)
    expect(await connect({ cookie, origin, host: 'evil.example' })).toBe(403)
    expect(ports).toHaveLength(0)
    const socket = await connect({ cookie, origin })
    expect(socket).toBeInstanceOf(WebSocket)
    ;(socket as WebSocket).terminate()
  })
})

describe('what is served', () => {
  test('nothing outside the folder, nothing without a known type', async () => {
    const cookie = await enter()
    for (const path of [
      '/../skein-outside.html',
      '/%2e%2e/skein-outside.html',
      '/..%2fskein-outside.html',
      '/..%5cskein-outside.html',
      '/%00',
      '/%',
      '/none.js',
    ])
      expect((await get(path, { cookie })).status, path).toBe(404)
  })

  test('every answer carries the strict policy and is never stored', async () => {
    const cookie = await enter()
    for (const answer of [
      await get('/', { cookie }),
      await get('/app.js', { cookie }),
      await get('/none', { cookie }),
      await get('/'),
    ]) {
      expect(answer.headers['content-security-policy']).toContain("default-src 'none'")
      expect(answer.headers['content-security-policy']).toMatch(/script-src 'self';/)
      expect(answer.headers['cache-control']).toBe('no-store')
      expect(answer.headers['x-content-type-options']).toBe('nosniff')
    }
  })
})

describe('the port', () => {
  test('carries messages with bytes both ways, in order', async () => {
    const socket = (await connect({ cookie: await enter(), origin: preview.origin })) as WebSocket
    const heard: unknown[] = []
    const both = new Promise<void>(resolve => {
      socket.on('message', (data: Buffer, isBinary) => {
        heard.push(decodeFrame(isBinary ? data : data.toString()))
        if (heard.length === 2) resolve()
      })
    })
    socket.send(encodeFrame({ n: 1 }))
    socket.send(encodeFrame({ n: 2, bytes: new Uint8Array([1, 2, 255]) }))
    await both
    expect(heard).toEqual([{ heard: { n: 1 } }, { heard: { n: 2, bytes: new Uint8Array([1, 2, 255]) } }])
    socket.terminate()
  })

  test('a frame that is no message closes the socket and only that', async () => {
    const socket = (await connect({ cookie: await enter(), origin: preview.origin })) as WebSocket
    const closed = new Promise<number>(resolve => socket.once('close', resolve))
    socket.send('{')
    expect(await closed).toBe(1007)
    expect((await get('/', { cookie: await enter() })).status).toBe(200)
  })

  test('tells when the page has gone', async () => {
    const socket = (await connect({ cookie: await enter(), origin: preview.origin })) as WebSocket
    const gone = new Promise<void>(resolve => ports[0]!.onClose(resolve))
    socket.terminate()
    await gone
  })
})

describe('in a real browser', () => {
  let browser: Browser
  beforeEach(async () => {
    browser = await chromium.launch(chromiumForPages())
  })
  afterEach(() => browser.close())

  test('the address opens the page without the token, runs our script, opens the port, and refuses inline script', async () => {
    const page = await browser.newPage()
    await page.goto(preview.url)
    expect(page.url()).toBe(`${preview.origin}/`)
    await page.waitForFunction(() => document.title === 'running')
    const heard = await page.evaluate(
      () =>
        new Promise(resolve => {
          const socket = new window.WebSocket(`ws://${location.host}/port`)
          socket.onopen = () => socket.send('{"n":1}')
          socket.onmessage = event => resolve(event.data)
        }),
    )
    expect(heard).toBe('{"heard":{"n":1}}')
    const blocked = await page.evaluate(
      () =>
        new Promise(resolve => {
          document.addEventListener('securitypolicyviolation', event => resolve(event.violatedDirective))
          const script = document.createElement('script')
          script.textContent = 'document.title = "inline"'
          document.body.append(script)
        }),
    )
    expect(blocked).toBe('script-src-elem')
    expect(await page.title()).toBe('running')
  })

  test('a page of another origin on this machine can neither open the port nor read the page', async () => {
    const other = await startPreview({ connect: () => {}, renderer: { folder } })
    const page = await browser.newPage()
    await page.goto(preview.url)
    await page.goto(other.url)
    const opened = await page.evaluate(
      address =>
        new Promise(resolve => {
          const socket = new window.WebSocket(`${address}/port`)
          socket.onopen = () => resolve(true)
          socket.onerror = () => resolve(false)
        }),
      preview.origin.replace('http', 'ws'),
    )
    expect(opened).toBe(false)
    expect(ports).toHaveLength(0)
    await other.close()
  })
})
