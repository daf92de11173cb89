import type { Down } from '#shared/protocol/down.ts'
import type { Fault } from '#shared/protocol/fault.ts'
import type { Up } from '#shared/protocol/up.ts'

/** One attempt at a connection to the hub. */
export interface Link {
  send<N extends keyof Up>(name: N, message: Up[N]): void
  close(): void
}

export interface LinkListener {
  opened(): void
  /** As it came; the connection parses it. */
  message(name: keyof Down, payload: unknown): void
  /** Never opened, or ended; no other call follows. Without a fault nothing is known but that it is gone. */
  ended(reason: Fault | undefined): void
}

/** Opens connections: a socket, or a simulated network. */
export type Dial = (to: { hubUrl: string; token: string }, listener: LinkListener) => Link
