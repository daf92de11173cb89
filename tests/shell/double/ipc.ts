import type { IpcMain } from 'electron'
import { Emitter } from './emitter.ts'

type Handle = Parameters<IpcMain['handle']>[1]

export class IpcMainDouble extends Emitter implements Pick<IpcMain, 'handle' | 'removeHandler'> {
  private readonly handlers = new Map<string, Handle>()
  handle(channel: string, handler: Handle): void {
    this.handlers.set(channel, handler)
  }
  removeHandler(channel: string): void {
    this.handlers.delete(channel)
  }
  async answer(channel: string, event: unknown, args: unknown[]): Promise<unknown> {
    const handler = this.handlers.get(channel)
    if (handler === undefined) throw new Error(`No handler registered for '${channel}'`)
    return handler(event as Parameters<Handle>[0], ...args)
  }
}
