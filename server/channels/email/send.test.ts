import { once } from 'node:events'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { afterEach, describe, expect, test } from 'vitest'
import type { Account, Outgoing } from '../channel.ts'
import { parseMail } from './parse.ts'
import { type SendTimeouts, sendMail } from './send.ts'
import type { EmailSettings, SmtpRoute } from './settings.ts'
import { account } from './testing.ts'

const ITEM = '01890a5d-ac96-774b-bcce-b302099a8057'
const [ANN, BEN] = ['ann@customer.example', 'ben@customer.example']
const TIMEOUTS: SendTimeouts = { connect: 5_000, greeting: 5_000, socket: 5_000 }

const stops: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

const outgoing = (over: Partial<Outgoing> = {}): Outgoing => ({
  itemId: ITEM,
  writtenAt: Date.UTC(2026, 0, 5),
  authorName: 'Mia',
  to: [ANN, BEN].map(address => ({ name: '', address: address! })),
  cc: [],
  bcc: [],
  attempt: [ANN!, BEN!],
  subject: 'Order 7',
  text: 'It is on its way.',
  inReplyTo: null,
  references: [],
  attachments: [],
  quoted: null,
  automatic: false,
  ...over,
})

function through(port: number, route: Partial<SmtpRoute> = {}): Account<EmailSettings> {
  const smtp: SmtpRoute = { host: '127.0.0.1', port, security: 'none', user: '', password: '', ...route }
  return { ...account('support@skein.example'), settings: { smtp } }
}

/** A real SMTP server with its own opinions; what it has taken can be read. */
async function mailServer(options: SMTPServerOptions = {}) {
  const taken: { to: string[]; raw: Buffer }[] = []
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    logger: false,
    closeTimeout: 100,
    onData(stream, session, callback) {
      const chunks: Buffer[] = []
      stream.on('data', chunk => chunks.push(chunk))
      stream.on('end', () => {
        taken.push({ to: session.envelope.rcptTo.map(one => one.address), raw: Buffer.concat(chunks) })
        callback()
      })
    },
    ...options,
  })
  server.on('error', () => undefined)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', () => resolve()))
  stops.push(() => new Promise<void>(resolve => server.close(() => resolve())))
  return { taken, port: (server.server.address() as AddressInfo).port }
}

const refuse = (responseCode: number, message: string) => Object.assign(new Error(message), { responseCode })

/**
 * A server that speaks a few lines of SMTP over a bare socket, so that it can die at any word. `after` is what the client
 * has just said: a command, `data` for the first bytes of the mail, `dot` for its end.
 */
async function dyingServer(after: string, die: (socket: Socket) => void) {
  const seen: string[] = []
  const server: Server = createServer(socket => {
    let inData = false
    let mail = ''
    socket.on('error', () => undefined)
    socket.write('220 dying.example ESMTP\r\n')
    const reached = (step: string, answer: string) => {
      seen.push(step)
      if (step === after) die(socket)
      else if (answer) socket.write(answer)
    }
    socket.on('data', chunk => {
      if (inData) {
        mail += chunk.toString('latin1')
        if (mail.endsWith('\r\n.\r\n')) {
          inData = false
          reached('dot', '250 taken\r\n')
        } else if (!seen.includes('data')) reached('data', '')
        return
      }
      for (const line of chunk.toString('latin1').split('\r\n').filter(Boolean)) {
        const step = line.slice(0, 4).trim().toLowerCase()
        inData = step === 'data'
        reached(step === 'data' ? 'DATA' : step, inData ? '354 go on\r\n' : '250 ok\r\n')
      }
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  stops.push(() => new Promise<void>(resolve => server.close(() => resolve())))
  return { seen, port: (server.address() as AddressInfo).port }
}

describe('a server that answers', () => {
  test('2xx: sent to each, once, with our Message-ID', async () => {
    const server = await mailServer()
    const outcome = await sendMail(outgoing(), through(server.port), TIMEOUTS)
    expect(outcome).toEqual({
      messageId: `${ITEM}@skein.example`,
      recipients: [
        { address: ANN, state: 'sent' },
        { address: BEN, state: 'sent' },
      ],
    })
    expect(server.taken.map(one => one.to)).toEqual([[ANN, BEN]])
    expect(parseMail(server.taken[0]!.raw)).toMatchObject({
      messageId: outcome.messageId,
      subject: 'Order 7',
      text: 'It is on its way.',
    })
  })

  test('an attempt for those that have not got it goes to them alone, with the whole header', async () => {
    const server = await mailServer()
    await sendMail(outgoing({ attempt: [BEN!] }), through(server.port), TIMEOUTS)
    expect(server.taken[0]!.to).toEqual([BEN])
    expect(parseMail(server.taken[0]!.raw).to.map(one => one.address)).toEqual([ANN, BEN])
  })

  test.for([
    [550, 'refused', false],
    [452, 'try-later', true],
  ] as const)('%i to one recipient: the other gets it', async ([code, kind, retryable]) => {
    const server = await mailServer({
      onRcptTo: (address, _session, callback) =>
        callback(address.address === ANN ? refuse(code, 'not this one') : null),
    })
    const { recipients } = await sendMail(outgoing(), through(server.port), TIMEOUTS)
    expect(recipients).toEqual([
      {
        address: ANN,
        state: 'failed',
        retryable,
        reason: { kind, detail: expect.stringContaining('not this one') },
      },
      { address: BEN, state: 'sent' },
    ])
    expect(server.taken.map(one => one.to)).toEqual([[BEN]])
  })

  test('all recipients refused, each in its own way', async () => {
    const server = await mailServer({
      onRcptTo: (address, _session, callback) => callback(refuse(address.address === ANN ? 550 : 450, 'no')),
    })
    const { recipients } = await sendMail(outgoing(), through(server.port), TIMEOUTS)
    expect(recipients).toMatchObject([
      { state: 'failed', reason: { kind: 'refused' }, retryable: false },
      { state: 'failed', reason: { kind: 'try-later' }, retryable: true },
    ])
  })

  test.for([
    [554, 'refused', false],
    [451, 'try-later', true],
    [552, 'too-large', false],
  ] as const)('%i after the mail: certainly not taken', async ([code, kind, retryable]) => {
    const server = await mailServer({
      onData: (stream, _session, callback) => stream.on('end', () => callback(refuse(code, 'no'))).resume(),
    })
    const { recipients } = await sendMail(outgoing(), through(server.port), TIMEOUTS)
    expect(recipients).toMatchObject(Array(2).fill({ state: 'failed', reason: { kind }, retryable }))
  })

  test('a mail above the announced size is too large, and never leaves', async () => {
    const server = await mailServer({ size: 1000 })
    const files = [
      { name: 'a.bin', type: 'application/octet-stream', contentId: null, bytes: Buffer.alloc(5000) },
    ]
    const { recipients } = await sendMail(outgoing({ attachments: files }), through(server.port), TIMEOUTS)
    expect(recipients).toMatchObject(
      Array(2).fill({ state: 'failed', reason: { kind: 'too-large' }, retryable: false }),
    )
    expect(server.taken).toEqual([])
  })

  test('a refused password is ours to mend: failed, and worth another attempt', async () => {
    const server = await mailServer({
      disabledCommands: ['STARTTLS'],
      allowInsecureAuth: true,
      onAuth: (_auth, _session, callback) => callback(refuse(535, 'wrong')),
    })
    const { recipients } = await sendMail(
      outgoing(),
      through(server.port, { user: 'u', password: 'p' }),
      TIMEOUTS,
    )
    expect(recipients).toMatchObject(
      Array(2).fill({ state: 'failed', reason: { kind: 'refused' }, retryable: true }),
    )
  })

  test('a server without TLS is not spoken to where TLS is asked for', async () => {
    const server = await mailServer()
    const { recipients } = await sendMail(
      outgoing(),
      through(server.port, { security: 'starttls' }),
      TIMEOUTS,
    )
    expect(recipients).toMatchObject(Array(2).fill({ state: 'failed', retryable: true }))
    expect(server.taken).toEqual([])
  })
})

describe('S18: a server that dies', () => {
  const cut = (socket: Socket) => socket.destroy()
  const closing = (socket: Socket) => socket.end('421 closing\r\n')

  test.for(['ehlo', 'mail', 'rcpt', 'DATA'])(
    'at %s, before the mail: failed, and may be repeated',
    async step => {
      const server = await dyingServer(step, cut)
      const { recipients } = await sendMail(outgoing(), through(server.port), TIMEOUTS)
      expect(recipients).toMatchObject(
        Array(2).fill({ state: 'failed', reason: { kind: 'unreachable' }, retryable: true }),
      )
      expect(server.seen).not.toContain('dot')
    },
  )

  test('within a mail too large to be under way at once: the dot cannot have left, so failed', async () => {
    const server = await dyingServer('data', cut)
    const files = [
      {
        name: 'a.bin',
        type: 'application/octet-stream',
        contentId: null,
        bytes: Buffer.alloc(20_000_000, 7),
      },
    ]
    const { recipients } = await sendMail(outgoing({ attachments: files }), through(server.port), TIMEOUTS)
    expect(recipients).toMatchObject(
      Array(2).fill({ state: 'failed', reason: { kind: 'unreachable' }, retryable: true }),
    )
    expect(server.seen).not.toContain('dot')
  })

  test('after the final dot, before its answer: uncertain', async () => {
    const server = await dyingServer('dot', cut)
    const { recipients } = await sendMail(outgoing(), through(server.port), TIMEOUTS)
    expect(recipients).toMatchObject([
      { address: ANN, state: 'uncertain', reason: { kind: 'no-answer' } },
      { address: BEN, state: 'uncertain', reason: { kind: 'no-answer' } },
    ])
    expect(server.seen).toContain('dot')
  })

  test('silent after the final dot until our patience ends: uncertain', async () => {
    const server = await dyingServer('dot', () => undefined)
    const { recipients } = await sendMail(outgoing(), through(server.port), { ...TIMEOUTS, socket: 300 })
    expect(recipients).toMatchObject(Array(2).fill({ state: 'uncertain', reason: { kind: 'no-answer' } }))
  })

  test('half an answer is no answer: uncertain', async () => {
    const server = await dyingServer('dot', socket => socket.end('25'))
    const { recipients } = await sendMail(outgoing(), through(server.port), TIMEOUTS)
    expect(recipients).toMatchObject(Array(2).fill({ state: 'uncertain' }))
  })

  test('421 after the final dot is an answer: not taken, later', async () => {
    const server = await dyingServer('dot', closing)
    const { recipients } = await sendMail(outgoing(), through(server.port), TIMEOUTS)
    expect(recipients).toMatchObject(
      Array(2).fill({ state: 'failed', reason: { kind: 'try-later' }, retryable: true }),
    )
  })

  test('a recipient refused by name stays refused when the rest is uncertain', async () => {
    const server = await mailServer({
      onRcptTo: (address, _session, callback) =>
        callback(address.address === ANN ? refuse(550, 'no such user') : null),
      onData: stream => stream.resume(),
    })
    const { recipients } = await sendMail(outgoing(), through(server.port), { ...TIMEOUTS, socket: 300 })
    expect(recipients).toMatchObject([
      { address: ANN, state: 'failed', reason: { kind: 'refused' } },
      { address: BEN, state: 'uncertain' },
    ])
  })
})

describe('what never reaches a server', () => {
  test('nobody listens: unreachable, may be repeated', async () => {
    const server = await mailServer()
    for (const stop of stops.splice(0)) await stop()
    const { recipients } = await sendMail(outgoing(), through(server.port), TIMEOUTS)
    expect(recipients).toMatchObject(
      Array(2).fill({ state: 'failed', reason: { kind: 'unreachable' }, retryable: true }),
    )
  })

  test('an inbox without a way out', async () => {
    const { recipients } = await sendMail(outgoing(), { ...account(), settings: { smtp: null } }, TIMEOUTS)
    expect(recipients).toMatchObject(
      Array(2).fill({ state: 'failed', reason: { kind: 'not-configured' }, retryable: false }),
    )
  })

  test('an address that is none, beside one that is: no command is smuggled into the session', async () => {
    const server = await mailServer()
    const evil = 'a@b.example>\r\nRCPT TO:<victim@elsewhere.example'
    const { recipients } = await sendMail(outgoing({ attempt: [evil, BEN!] }), through(server.port), TIMEOUTS)
    expect(recipients).toMatchObject([
      { address: BEN, state: 'sent' },
      { address: evil, state: 'failed', reason: { kind: 'refused' }, retryable: false },
    ])
    expect(server.taken[0]!.to).toEqual([BEN])
  })

  test('an attachment that cannot be read now', async () => {
    const server = await mailServer()
    const attachments = [{ name: 'a', type: 'text/plain', contentId: null, path: '/nowhere/at/all' }]
    const { recipients } = await sendMail(outgoing({ attachments }), through(server.port), TIMEOUTS)
    expect(recipients).toMatchObject(
      Array(2).fill({ state: 'failed', reason: { kind: 'try-later' }, retryable: true }),
    )
    expect(server.taken).toEqual([])
  })
})
