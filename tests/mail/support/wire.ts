/** A line between the hub and its mail server that can be cut, fall silent, and insist on the ID command as NetEase does. */
import { connect, createServer, type Socket } from 'node:net'

export async function startWire(port: number) {
  const pairs = new Set<[Socket, Socket]>()
  const hushed = new WeakSet<Socket>()
  let wantsId = false
  let accepts = true
  let opened = 0
  let allowance: () => number = () => Number.POSITIVE_INFINITY
  const server = createServer(near => {
    if (!accepts) return void near.destroy()
    opened++
    const far = connect(port, '127.0.0.1')
    const pair: [Socket, Socket] = [near, far]
    pairs.add(pair)
    let named = false
    near.on('data', bytes => {
      if (hushed.has(near)) return
      const line = bytes.toString('latin1')
      if (/^\S+ ID \(/m.test(line)) named = true
      const select = /^(\S+) (?:SELECT|EXAMINE) /m.exec(line)
      if (wantsId && !named && select)
        return void near.write(
          `${select[1]} NO SELECT Unsafe Login. Please contact kefu@188.com for help\r\n`,
        )
      far.write(bytes)
    })
    let left = allowance()
    far.on('data', bytes => {
      if (hushed.has(near)) return
      near.write(bytes.subarray(0, Math.max(0, left)))
      left -= bytes.length
      if (left <= 0) near.destroySoon()
    })
    for (const [one, other] of [pair, [far, near] as const]) {
      one.on('error', () => undefined)
      one.on('close', () => {
        pairs.delete(pair)
        other.destroy()
      })
    }
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const cut = () => {
    for (const [near, far] of pairs) {
      near.destroy()
      far.destroy()
    }
  }
  return {
    port: (server.address() as { port: number }).port,
    /** Connections made so far, and open now. */
    opened: () => opened,
    open: () => pairs.size,
    cut,
    /** Nothing goes through any more in either direction, and nobody is told. Connections made from now on work. */
    hush() {
      for (const [near] of pairs) hushed.add(near)
    },
    /** Each connection from now on breaks after so many bytes of the server's. */
    breakAfter(bytes: () => number) {
      allowance = bytes
    },
    refuse(on: boolean) {
      accepts = !on
    },
    wantId() {
      wantsId = true
    },
    async close() {
      cut()
      await new Promise(resolve => server.close(resolve))
    },
  }
}
export type Wire = Awaited<ReturnType<typeof startWire>>
