import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A network cable before the hub: what hangs on it knows only this address. */
export interface Cable {
  url: string
  /** As when the network goes: connections stay open and nothing passes; new ones are not answered. */
  cut(): void
  /** As when a router is switched off: connections end, new ones are refused. */
  pull(): void
  mend(): void
  close(): Promise<void>
}

export async function cable(hubUrl: string): Promise<Cable> {
  const port = Number(new URL(hubUrl).port)
  let state: 'up' | 'cut' | 'pulled' = 'up'
  const pairs = new Set<[Socket, Socket | null]>()
  const join = (pair: [Socket, Socket | null]): void => {
    const [outer] = pair
    const inner = connect(port, '127.0.0.1')
    pair[1] = inner
    inner.pipe(outer)
    outer.pipe(inner)
    inner.on('error', () => outer.destroy())
    inner.on('close', () => outer.destroy())
    outer.on('close', () => inner.destroy())
  }
  const server = createServer(outer => {
    outer.on('error', () => undefined)
    if (state === 'pulled') return void outer.destroy()
    const pair: [Socket, Socket | null] = [outer, null]
    pairs.add(pair)
    outer.on('close', () => pairs.delete(pair))
    if (state === 'up') join(pair)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut() {
      state = 'cut'
      for (const [outer, inner] of pairs) {
        outer.unpipe()
        inner?.unpipe()
        outer.pause()
        inner?.pause()
      }
    },
    pull() {
      state = 'pulled'
      for (const [outer] of pairs) outer.destroy()
    },
    mend() {
      state = 'up'
      for (const pair of pairs) {
        const [outer, inner] = pair
        if (!inner) join(pair)
        else {
          inner.pipe(outer)
          outer.pipe(inner)
        }
      }
    },
    close: () =>
      new Promise(resolve => {
        for (const [outer, inner] of pairs) {
          outer.destroy()
          inner?.destroy()
        }
        server.close(() => resolve())
      }),
  }
}
