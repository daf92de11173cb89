import type { AddressInfo, Socket } from 'node:net'
import nodemailer, { type SendMailOptions } from 'nodemailer'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer } from 'smtp-server'

/** The customers' side of the world: a real SMTP server that takes their mail, and their pen. */
export interface Customers {
  /** `smtp://...` of their server: the way out of our inboxes. */
  url: string
  /** Everything that arrived, in order. */
  arrived: Email[]
  /** Arrived messages whose text contains these words. */
  arrivedWith(words: string): Email[]
  /** Answers of the server for the next messages; 250 when there is none left. `die`: it has the mail and never says so. */
  answers: ({ code: number; text: string } | 'die')[]
  write(hubSmtpPort: number, mail: SendMailOptions): Promise<void>
  close(): Promise<void>
}

/** @param port that of a workspace; none: any. @throws when it is taken */
export async function startCustomers(port = 0): Promise<Customers> {
  const arrived: Email[] = []
  const answers: Customers['answers'] = []
  const connections = new Set<Socket>()
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, _session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', async () => {
        const answer = answers.shift()
        if (answer === 'die') {
          arrived.push(await PostalMime.parse(Buffer.concat(chunks)))
          for (const connection of connections) connection.destroy()
          return
        }
        if (answer) return done(Object.assign(new Error(answer.text), { responseCode: answer.code }))
        arrived.push(await PostalMime.parse(Buffer.concat(chunks)))
        done()
      })
    },
  })
  server.server.on('connection', (socket: Socket) => {
    connections.add(socket)
    socket.on('close', () => connections.delete(socket))
  })
  server.on('error', () => undefined)
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const { port: taken } = server.server.address() as AddressInfo
  return {
    url: `smtp://127.0.0.1:${taken}`,
    arrived,
    arrivedWith: words => arrived.filter(mail => mail.text?.includes(words)),
    answers,
    async write(hubSmtpPort, mail) {
      const transport = nodemailer.createTransport({
        host: '127.0.0.1',
        port: hubSmtpPort,
        secure: false,
        ignoreTLS: true,
      })
      await transport.sendMail(mail)
      transport.close()
    },
    close: () => new Promise(resolve => server.close(() => resolve())),
  }
}
