/** Cables and a load balancer: TCP in front of a port, which a test can cut, silence and mend. */
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'

/** A cable to one port. */
export interface Cable {
  port: number
  /** Breaks every connection; new ones are refused by being closed. */
  cut(): void
  /** Nothing passes any more, and nobody is told: as when a host or a path is gone. */
  silence(): void
  /** New connections work again. Those that were silenced stay so for ever. */
  mend(): void
  close(): Promise<void>
}

export async function cable(to: { host: string; port: number }): Promise<Cable> {
  let state: 'whole' | 'cut' | 'silent' = 'whole'
  const pairs = new Set<[Socket, Socket]>()
  const server = createServer(near => {
    near.on('error', () => undefined)
    if (state === 'cut') return void near.destroy()
    const far = connect(to)
    far.on('error', () => near.destroy())
    const pair: [Socket, Socket] = [near, far]
    pairs.add(pair)
    near.on('close', () => {
      pairs.delete(pair)
      far.destroy()
    })
    far.on('close', () => near.destroy())
    if (state === 'whole') {
      near.pipe(far)
      far.pipe(near)
    }
  })
  const port = await listening(server)
  return {
    port,
    cut() {
      state = 'cut'
      for (const [near] of pairs) near.destroy()
    },
    silence() {
      state = 'silent'
      for (const [near, far] of pairs) {
        near.unpipe(far)
        far.unpipe(near)
        near.pause()
        far.pause()
      }
    },
    mend() {
      state = 'whole'
    },
    async close() {
      for (const [near] of pairs) near.destroy()
      await new Promise(resolve => server.close(resolve))
    },
  }
}

/**
 * What stands before hubs: one address, the next healthy hub for each connection, and none to a hub that says it is not well
 * or says nothing. Those it has are ended then, as balancers do.
 */
export interface Balancer {
  url: string
  healthy(): number[]
  close(): Promise<void>
}

const LOOK = 300
/** A machine under load answers late; one that is gone does not answer at all. */
const PATIENCE = 3_000

export async function balancer(ports: readonly number[]): Promise<Balancer> {
  const well = new Set<number>()
  const open = new Map<number, Set<Socket>>(ports.map(port => [port, new Set<Socket>()]))
  let turn = 0
  let over = false
  const server = createServer(near => {
    near.on('error', () => undefined)
    const choice = ports.filter(port => well.has(port))
    const port = choice[turn++ % Math.max(1, choice.length)]
    if (port === undefined) return void near.destroy()
    const far = connect(port, '127.0.0.1')
    open.get(port)!.add(near)
    far.on('error', () => near.destroy())
    far.on('close', () => near.destroy())
    near.on('close', () => {
      open.get(port)!.delete(near)
      far.destroy()
    })
    near.pipe(far)
    far.pipe(near)
  })
  const look = async (port: number): Promise<void> => {
    while (!over) {
      const isWell = await fetch(`http://127.0.0.1:${port}/v1/health`, {
        signal: AbortSignal.timeout(PATIENCE),
      }).then(
        answer => answer.ok,
        () => false,
      )
      if (isWell) well.add(port)
      else {
        well.delete(port)
        for (const socket of open.get(port)!) socket.destroy()
      }
      await new Promise(resolve => setTimeout(resolve, LOOK))
    }
  }
  const url = `http://127.0.0.1:${await listening(server)}`
  const looking = ports.map(look)
  return {
    url,
    healthy: () => [...well],
    async close() {
      over = true
      for (const sockets of open.values()) for (const socket of sockets) socket.destroy()
      await new Promise(resolve => server.close(resolve))
      await Promise.all(looking)
    },
  }
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}
