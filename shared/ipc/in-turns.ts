import type { Port } from './port.ts'

// Both ends have it; shared/ is typed without either end's globals.
declare const queueMicrotask: (task: () => void) => void

/**
 * The same port, on which what is said in one turn travels as one message, a list: what was asked together is answered together, and
 * drawn once. Both ends must be so; one that says a single thing says it as it is.
 */
export function inTurns(port: Port): Port {
  let turn: unknown[] = []
  const send = (): void => {
    const said = turn
    turn = []
    if (said.length === 1) port.post(said[0])
    else if (said.length > 1) port.post(said)
  }
  return {
    post(message) {
      if (turn.push(message) === 1) queueMicrotask(send)
    },
    onMessage: listener =>
      port.onMessage(message => {
        if (Array.isArray(message)) for (const each of message) listener(each)
        else listener(message)
      }),
    onClose: listener => port.onClose(listener),
    close() {
      send()
      port.close()
    },
  }
}
