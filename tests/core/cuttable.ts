/** The real socket, behind a cable that can be pulled. */
import type { Dial, LinkListener } from '../../electron/core/sync/link.ts'
import { dialSocket } from '../../electron/core/sync/socket.ts'

export function cable() {
  let up = true
  const open = new Map<LinkListener, () => void>()
  const dial: Dial = (to, listener) => {
    if (!up) {
      setImmediate(() => listener.ended(undefined))
      return { send() {}, close() {} }
    }
    const end = (): void => {
      open.delete(listener)
    }
    const link = dialSocket(to, {
      ...listener,
      ended(reason) {
        end()
        listener.ended(reason)
      },
    })
    open.set(listener, () => {
      link.close()
      listener.ended(undefined)
    })
    return {
      send: link.send,
      close() {
        end()
        link.close()
      },
    }
  }
  return {
    dial,
    cut() {
      up = false
      for (const end of [...open.values()]) end()
      open.clear()
    },
    mend() {
      up = true
    },
  }
}
