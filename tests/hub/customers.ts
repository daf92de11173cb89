/** The customers' mail server: takes what the hub sends, and answers as a test wants it to. */
import type { AddressInfo } from 'node:net'
import nodemailer, { type SendMailOptions } from 'nodemailer'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer } from 'smtp-server'

/** `die`: the connection breaks after the whole mail was handed over, without an answer. `hold`: no answer until told. */
export type Answer = { code: number; text: string } | 'die' | 'hold'

export interface Arrived extends Email {
  recipients: string[]
}

export async function startCustomers() {
  const arrived: Arrived[] = []
  const answers: Answer[] = []
  const rejected = new Map<string, { code: number; text: string }>()
  const waiting: ((error?: Error) => void)[] = []
  /** Mails whose last byte came, answered or not. */
  const handed: string[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onRcptTo({ address }, _session, done) {
      const no = rejected.get(address)
      done(no ? Object.assign(new Error(no.text), { responseCode: no.code }) : undefined)
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', async () => {
        const raw = Buffer.concat(chunks)
        handed.push(raw.toString('utf8'))
        const answer = answers.shift()
        const keep = async () => {
          const recipients = session.envelope.rcptTo.map(({ address }) => address)
          arrived.push({ ...(await PostalMime.parse(raw)), recipients })
        }
        if (answer === 'die') {
          await keep()
          for (const connection of connections) connection.destroy()
        } else if (answer === 'hold') {
          waiting.push(error => {
            if (error) done(error)
            else void keep().then(() => done())
          })
        } else if (answer) done(Object.assign(new Error(answer.text), { responseCode: answer.code }))
        else {
          await keep()
          done()
        }
      })
    },
  })
  const connections = new Set<import('node:net').Socket>()
  server.server.on('connection', socket => {
    connections.add(socket)
    socket.on('close', () => connections.delete(socket))
  })
  server.on('error', () => undefined)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.server.address() as AddressInfo
  return {
    url: `smtp://127.0.0.1:${port}`,
    arrived,
    handed,
    answers,
    rejected,
    /** Mails handed over that wait for an answer. */
    held: () => waiting.length,
    /** Answers what was held: taken, or with these words. */
    letGo: (refusal?: { code: number; text: string }) => {
      for (const go of waiting.splice(0))
        go(refusal && Object.assign(new Error(refusal.text), { responseCode: refusal.code }))
    },
    async write(hubSmtpPort: number, mail: SendMailOptions): Promise<void> {
      const transport = nodemailer.createTransport({
        host: '127.0.0.1',
        port: hubSmtpPort,
        secure: false,
        ignoreTLS: true,
      })
      try {
        await transport.sendMail(mail)
      } finally {
        transport.close()
      }
    },
    close: async () => {
      for (const connection of connections) connection.destroy()
      await new Promise<void>(resolve => server.close(() => resolve()))
    },
  }
}
export type Customers = Awaited<ReturnType<typeof startCustomers>>
