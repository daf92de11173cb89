import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { reachHub } from './knocking.ts'

let server: Server

const listening = async (taken: (socket: Socket) => void): Promise<string> => {
  server = createServer(taken)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

afterEach(() => new Promise(resolve => server.close(resolve)))

test('who takes a connection and keeps it is there, also when it says nothing', async () => {
  expect(await reachHub(await listening(() => undefined))).toBe(true)
})

test('who takes a connection and drops it is not', async () => {
  expect(await reachHub(await listening(socket => socket.destroy()))).toBe(false)
  server.removeAllListeners('connection').on('connection', socket => socket.end())
  expect(await reachHub(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)).toBe(false)
})

test('nobody is there where nobody listens', async () => {
  const url = await listening(() => undefined)
  await new Promise(resolve => server.close(resolve))
  expect(await reachHub(url)).toBe(false)
})
