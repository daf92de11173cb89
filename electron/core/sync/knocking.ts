import { connect } from 'node:net'
import type { Ground } from '../ground.ts'

/** Whether something takes connections at the hub's address. */
export type Reach = (hubUrl: string) => Promise<boolean>

const KNOCK = 1_000
const PATIENCE = 2_000
/** What stands before a hub that is gone may take a connection and drop it at once. */
const HELD = 250
/** Desks whose network came back in the same moment do not all come in the same moment. */
const SPREAD = 500

/** Opens a TCP connection, sees that it stays, and closes it: no token and no word travels. */
export const reachHub: Reach = hubUrl =>
  new Promise(resolve => {
    const { hostname, port, protocol } = new URL(hubUrl)
    const socket = connect({
      host: hostname.replace(/^\[|\]$/g, ''),
      port: Number(port) || (protocol === 'http:' ? 80 : 443),
    })
    const end = (reached: boolean): void => {
      clearTimeout(limit)
      socket.destroy()
      resolve(reached)
    }
    let limit = setTimeout(end, PATIENCE, false)
    socket.once('error', () => end(false))
    socket.once('close', () => end(false))
    socket.once('end', () => end(false))
    socket.once('connect', () => {
      clearTimeout(limit)
      limit = setTimeout(end, HELD, true)
    })
    // An end that nobody reads is not told.
    socket.resume()
  })

/**
 * While there is no connection: knocks every second and says when nobody could be reached and now somebody can. So a network that
 * is back is used at once, while attempts to connect may stay far apart (a hub that answers and refuses is left alone).
 */
export interface Knocking {
  /** Goes on knocking if it does already. */
  start(hubUrl: string): void
  stop(): void
}

export function createKnocking(ground: Ground, reach: Reach, back: () => void): Knocking {
  let cancel: (() => void) | undefined
  let round = 0
  let gone = false

  const knock = (hubUrl: string): void => {
    const mine = round
    cancel = ground.after(KNOCK, async () => {
      const reached = await reach(hubUrl)
      if (mine !== round) return
      const returned = gone && reached
      gone = !reached
      if (returned) cancel = ground.after(ground.random() * SPREAD, () => again(hubUrl))
      else knock(hubUrl)
    })
  }
  const again = (hubUrl: string): void => {
    back()
    // What came back may have gone again before the connection stands.
    if (cancel) knock(hubUrl)
  }

  return {
    start(hubUrl) {
      if (cancel) return
      gone = false
      knock(hubUrl)
    },
    stop() {
      round += 1
      cancel?.()
      cancel = undefined
    },
  }
}
