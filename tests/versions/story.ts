/** What fixture and tests agree on. */
import type { CoreOptions } from '../../electron/core/start.ts'
import { dialSocket } from '../../electron/core/sync/socket.ts'

/** The hub's address as the fixture's desk knows it; nobody answers there. */
export const address = 'https://hub.skein.example'
/** The key of the hub's secrets. The desk's is that of tests/faults. */
export const secretKey = Buffer.alloc(32, 7).toString('base64')
export const madeOnline = ['note.add', 'reply.send', 'conversation.tag'] as const
export const waiting = ['note.add', 'reply.send', 'conversation.close'] as const
export const words = {
  sent: 'The first release sent this 已发出',
  waits: 'The first release wrote this offline 离线写的',
}

/** A desk's way to a hub that is somewhere else than its address says. */
export const leadTo = (url: string): Pick<CoreOptions, 'dial' | 'fetch'> => ({
  dial: (to, listener) => dialSocket({ ...to, hubUrl: url }, listener),
  fetch: (wanted, init) => fetch(wanted.replace(address, url), init),
})

/** As without a network. */
export const nowhere: Pick<CoreOptions, 'dial' | 'fetch'> = {
  dial: (_to, listener) => {
    setImmediate(() => listener.ended(undefined))
    return { send() {}, close() {} }
  },
  fetch: () => Promise.reject(new TypeError('no network')),
}
