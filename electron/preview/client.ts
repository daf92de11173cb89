// A client of the core inside its own process, for what is done without a page: signing in the demonstration desk.
import {
  type RequestArgs,
  type RequestName,
  type RequestResult,
  requests,
  ToRenderer,
} from '#shared/ipc/contract.ts'
import type { Port } from '#shared/ipc/port.ts'
import type { Result } from '#shared/protocol/fault.ts'

/** Two ends of a pipe: what is posted at one arrives at the other, in order, as a copy, never within the call itself. */
export const portPair = (): [Port, Port] => {
  const { port1, port2 } = new MessageChannel()
  return [portOf(port1), portOf(port2)]
}

const portOf = (port: MessagePort): Port => ({
  post: message => port.postMessage(message),
  // Setting onmessage also starts the port, so what came before is kept until then.
  onMessage(listener) {
    port.onmessage = event => listener(event.data)
  },
  onClose: listener => port.addEventListener('close', () => listener()),
  close: () => port.close(),
})

/** Asks the core one thing. Expected failures come back as faults. */
export const ask = <Name extends RequestName>(
  connect: (port: Port) => void,
  name: Name,
  args: RequestArgs<Name>,
): Promise<Result<RequestResult<Name>>> => {
  const [ours, theirs] = portPair()
  return new Promise(resolve => {
    ours.onMessage(data => {
      const message = ToRenderer.parse(data)
      if (message.t === 'answer') {
        resolve({ ok: true, value: requests[name].result.parse(message.value) as RequestResult<Name> })
        ours.close()
      } else if (message.t === 'fault') {
        resolve({ ok: false, fault: message.fault })
        ours.close()
      }
    })
    connect(theirs)
    ours.post({ t: 'request', id: 1, name, args })
  })
}
