import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setImmediate } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Canary, startCanary } from './canary.ts'

let canary: Canary
beforeAll(async () => {
  canary = await startCanary()
})
afterAll(() => canary?.close())

const dial = async (): Promise<Socket> => {
  const socket = connect(
    Number(/MAP \* 127\.0\.0\.1:(\d+)/.exec(canary.browserArgs.join())?.[1]),
    '127.0.0.1',
  )
  await once(socket, 'connect')
  await setImmediate() // by now the other side has it as well
  return socket
}

test('one that says a moment later whom it wants is told as that, and not as one that said nothing', async () => {
  const socket = await dial()
  const told = canary.seen()
  socket.write('GET /late HTTP/1.1\r\n')
  socket.write('Host: late.example\r\n\r\n')
  expect(await told).toEqual(['GET /late of late.example'])
  socket.destroy()
})

test('the browser’s own calls keep their place and are no line', async () => {
  const socket = await dial()
  const told = canary.seen()
  socket.write('GET / HTTP/1.1\r\nHost: update.googleapis.com\r\n\r\n')
  expect(await told).toEqual(['GET /late of late.example', ''])
  socket.destroy()
})

test('one that says nothing is told as connected, open or closed', async () => {
  const open = await dial()
  const closed = await dial()
  closed.end()
  expect((await canary.seen()).slice(2)).toEqual(['connected', 'connected'])
  open.destroy()
})
