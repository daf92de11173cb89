import { EventEmitter } from 'node:events'

/**
 * Electron's emitters list a signature per event; one general signature stands for all of them here, and the compiler checks
 * that against electron.d.ts wherever a double says `implements`.
 */
export class Emitter extends EventEmitter {
  // biome-ignore lint/suspicious/noExplicitAny: the events' own signatures are electron.d.ts's
  override on(event: string, listener: (...args: any[]) => void): this {
    return super.on(event, listener)
  }
  // biome-ignore lint/suspicious/noExplicitAny: as above
  override once(event: string, listener: (...args: any[]) => void): this {
    return super.once(event, listener)
  }
}

/** Emits an event that listeners may prevent. @returns whether one did */
export const emitPreventable = (
  emitter: EventEmitter,
  name: string,
  details: object = {},
  ...args: unknown[]
): boolean => {
  let prevented = false
  const event = {
    ...details,
    get defaultPrevented() {
      return prevented
    },
    preventDefault: () => {
      prevented = true
    },
  }
  emitter.emit(name, event, ...args)
  return prevented
}
