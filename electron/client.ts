// A small client of the core over one port, for what is done without a page: signing in the demonstration's desk.
import {
  events,
  type RequestArgs,
  type RequestName,
  type RequestResult,
  requests,
  ToRenderer,
} from '#shared/ipc/contract.ts'
import { inTurns } from '#shared/ipc/in-turns.ts'
import type { Port } from '#shared/ipc/port.ts'
import type { DeskState } from '#shared/ipc/states.ts'
import { ok, type Result } from '#shared/protocol/fault.ts'

export interface CoreClient {
  /** Expected failures come back as faults. */
  ask<Name extends RequestName>(name: Name, args: RequestArgs<Name>): Promise<Result<RequestResult<Name>>>
  /** Resolves when the desk is in a state that passes. */
  desk(passes: (state: DeskState) => boolean): Promise<DeskState>
  close(): void
}

export const createClient = (to: Port): CoreClient => {
  const port = inTurns(to)
  const waiting = new Map<number, (result: Result<unknown>) => void>()
  const watching = new Set<(state: DeskState) => void>()
  let lastId = 0
  let known: DeskState | undefined
  port.onMessage(data => {
    const message = ToRenderer.parse(data)
    if (message.t === 'answer') waiting.get(message.id)?.(ok(message.value))
    else if (message.t === 'fault') waiting.get(message.id)?.({ ok: false, fault: message.fault })
    else if (message.t === 'event' && message.name === 'desk') {
      known = events.desk.parse(message.value)
      for (const told of watching) told(known)
    }
  })
  return {
    ask: (name, args) =>
      new Promise(resolve => {
        lastId += 1
        const id = lastId
        waiting.set(id, result => {
          waiting.delete(id)
          type Value = RequestResult<typeof name>
          resolve(result.ok ? ok(requests[name].result.parse(result.value) as Value) : result)
        })
        port.post({ t: 'request', id, name, args })
      }),
    desk: passes =>
      new Promise(resolve => {
        const look = (state: DeskState): void => {
          if (!passes(state)) return
          watching.delete(look)
          resolve(state)
        }
        watching.add(look)
        if (known !== undefined) look(known)
      }),
    close: () => port.close(),
  }
}

/**
 * Signs in unless somebody is signed in at that hub already.
 * @returns what went wrong, if anything
 */
export const ensureSignedIn = async (
  client: CoreClient,
  account: RequestArgs<'signIn'>,
): Promise<Result<unknown>> => {
  const state = await client.desk(({ phase }) => phase !== 'opening')
  if (state.phase === 'signed-in' && state.hubUrl === account.hubUrl) return ok(null)
  return client.ask('signIn', account)
}
