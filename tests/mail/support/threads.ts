import { connect } from 'node:net'
import { PASSWORD } from './dovecot.ts'

/** The threads of an INBOX as the mail server itself makes them out (RFC 5256, REFERENCES): the numbers of each. */
export async function threadsOf(port: number, user: string): Promise<number[][]> {
  const socket = connect(port, '127.0.0.1')
  let heard = ''
  socket.setEncoding('utf8').on('data', text => {
    heard += text
  })
  const login = Buffer.from(`\0${user}\0${PASSWORD}`).toString('base64')
  const commands = [`AUTHENTICATE PLAIN ${login}`, 'SELECT INBOX', 'THREAD REFERENCES UTF-8 ALL', 'LOGOUT']
  socket.write(commands.map((command, at) => `a${at} ${command}\r\n`).join(''))
  await new Promise(resolve => socket.once('close', resolve))
  const line = /^\* THREAD (.*)$/m.exec(heard)?.[1]
  if (line === undefined) throw new Error(heard)
  const threads: number[][] = []
  let depth = 0
  for (const [word] of line.matchAll(/[()]|\d+/g)) {
    if (word === '(' && depth++ === 0) threads.push([])
    else if (word === ')') depth--
    else if (word !== '(') threads.at(-1)?.push(Number(word))
  }
  return threads
}
