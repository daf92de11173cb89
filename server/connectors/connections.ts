/** Connections as administrators made them: sealed whole, opened only where one is asked or reported on. */
import { z } from 'zod'
import type { Id } from '#shared/model/base.ts'
import { CardMapping } from '#shared/model/card-mapping.ts'
import type { Secrets } from '../auth/secrets.ts'
import type { Vault } from '../auth/vault.ts'

/** `values`: of the form, secrets among them. */
const Stored = z.object({
  kind: z.string(),
  name: z.string(),
  active: z.boolean(),
  values: z.record(z.string(), z.string()),
  mapping: CardMapping.nullable(),
})
export type Stored = z.infer<typeof Stored>

export interface Connection extends Stored {
  id: Id
  /** Another one after every change: what was heard by other settings does not count. */
  revision: string
}

export interface ConnectionDeps {
  vault: Vault
  secrets: Secrets
}

/** As many as a panel has room for, and one answer of the hub. */
export const MOST_CONNECTIONS = 20

const purpose = (id: Id): string => `connection ${id}`

/** `null` for one that was sealed with another key. */
export async function connectionsOf({
  vault,
  secrets,
}: ConnectionDeps): Promise<{ id: Id; connection: Connection | null }[]> {
  return (await vault.connections()).map(({ id, sealed }) => {
    try {
      const stored = Stored.parse(JSON.parse(secrets.open(purpose(id), sealed)))
      return { id, connection: { ...stored, id, revision: sealed } }
    } catch {
      return { id, connection: null }
    }
  })
}

export async function saveConnection(
  { vault, secrets }: ConnectionDeps,
  id: Id,
  stored: Stored,
): Promise<void> {
  await vault.putConnection({ id, sealed: secrets.seal(purpose(id), JSON.stringify(Stored.parse(stored))) })
}
