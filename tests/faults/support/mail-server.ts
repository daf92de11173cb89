/** A mail server of the customers on a bare socket, so that a test decides what happens at each step of SMTP. */
import { type AddressInfo, createServer, type Socket } from 'node:net'

/** Where a delivery stands: connected, the server has asked for the mail (354), it has all of it, it has said 250. */
export type Moment = 'connected' | 'data' | 'dot' | 'answered'
/** What the server does then. `die`: the connection breaks. `silent`: it never answers. */
export type Act = 'go' | 'die' | 'silent' | { code: number; text: string }

export interface MailServer {
  url: string
  /** Every mail of which the last byte came, answered or not: a copy that left. */
  mails: string[]
  /** Copies that left with these words. */
  copies(words: string): number
  /** Asked at each moment; `go` when there is nobody to ask. */
  at: (moment: Moment, mail: string) => Act
  close(): Promise<void>
}

export async function startMailServer(): Promise<MailServer> {
  const sockets = new Set<Socket>()
  const server = createServer(socket => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => undefined)
    converse(socket, mailServer)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const mailServer: MailServer = {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    mails: [],
    copies: words => mailServer.mails.filter(mail => mail.includes(words)).length,
    at: () => 'go',
    close() {
      for (const socket of sockets) socket.destroy()
      return new Promise(resolve => server.close(() => resolve()))
    },
  }
  return mailServer
}

function converse(socket: Socket, server: MailServer): void {
  let unread = ''
  let inData = false
  const say = (line: string): void => void (socket.writable && socket.write(`${line}\r\n`))
  /** Does what the test wants at this moment; answers whether the conversation goes on. */
  const goesOn = (moment: Moment, mail: string): boolean => {
    const act = server.at(moment, mail)
    if (act === 'go') return true
    if (act === 'die') socket.destroy()
    else if (act !== 'silent') say(`${act.code} ${act.text}`)
    return false
  }
  const command = (line: string): void => {
    const word = line.slice(0, 4).toUpperCase()
    if (word === 'DATA') {
      inData = true
      if (goesOn('data', '')) say('354 go on')
    } else if (word === 'EHLO') say('250 customers.example')
    else if (word === 'QUIT') socket.end('221 bye\r\n')
    else say('250 ok')
  }
  const take = (): void => {
    for (;;) {
      const end = inData ? unread.indexOf('\r\n.\r\n') : unread.indexOf('\r\n')
      if (end < 0) return
      const piece = unread.slice(0, end)
      unread = unread.slice(end + (inData ? 5 : 2))
      if (!inData) {
        command(piece)
        continue
      }
      inData = false
      server.mails.push(piece)
      if (!goesOn('dot', piece)) return
      say('250 taken')
      goesOn('answered', piece)
    }
  }
  socket.setEncoding('utf8')
  socket.on('data', (chunk: string) => {
    unread += chunk
    take()
  })
  if (goesOn('connected', '')) say('220 customers.example')
}
