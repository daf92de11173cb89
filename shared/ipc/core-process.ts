import { z } from 'zod'
import { Fault } from '../protocol/fault.ts'

/**
 * What the shell and the core's process say to each other besides the contract. `connect` carries one MessagePort, over which
 * the core then serves the contract to one window.
 */
export const ToCoreProcess = z.discriminatedUnion('t', [
  z.object({
    t: z.literal('start'),
    profileDir: z.string(),
    /** 32 bytes. */
    key: z.instanceof(Uint8Array),
    hubUrl: z.string().optional(),
    device: z.object({ name: z.string(), platform: z.string() }),
    /** The desk's own, of its package. */
    version: z.string(),
  }),
  z.object({ t: z.literal('connect') }),
  /** The machine woke up, or the network came back: try the hub now. */
  z.object({ t: z.literal('awake') }),
  /** Close the replica and exit. */
  z.object({ t: z.literal('close') }),
])
export type ToCoreProcess = z.infer<typeof ToCoreProcess>

export const FromCoreProcess = z.discriminatedUnion('t', [
  z.object({ t: z.literal('ready') }),
  /** The core cannot start for a reason that is not a bug; it exits by itself. */
  z.object({ t: z.literal('failed'), fault: Fault }),
])
export type FromCoreProcess = z.infer<typeof FromCoreProcess>
