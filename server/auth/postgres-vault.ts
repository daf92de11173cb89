import type { Kysely } from 'kysely'
import type { Schema } from '../db/schema.ts'
import { judge, type StoredToken, type Vault } from './vault.ts'

type AuthTables = {
  credential: { agent_id: string; email: string; password_hash: string }
  refresh_token: {
    hash: string
    agent_id: string
    device_id: string
    expires_at: number
    used_at: number | null
    replaced_by: string | null
  }
  inbox_settings: { inbox_id: string; sealed: string }
  connection: { id: string; sealed: string }
}

export function postgresVault(kysely: Kysely<Schema>): Vault {
  const db = kysely.withTables<AuthTables>()
  return {
    async credential(email) {
      const row = await db.selectFrom('credential').selectAll().where('email', '=', email).executeTakeFirst()
      return row && { agentId: row.agent_id, email: row.email, passwordHash: row.password_hash }
    },

    async putCredential({ agentId, email, passwordHash }) {
      await db
        .insertInto('credential')
        .values({ agent_id: agentId, email, password_hash: passwordHash })
        .onConflict(conflict =>
          conflict.column('agent_id').doUpdateSet({ email, password_hash: passwordHash }),
        )
        .execute()
    },

    async addToken({ hash, agentId, deviceId, expiresAt }) {
      await db
        .insertInto('refresh_token')
        .values({
          hash,
          agent_id: agentId,
          device_id: deviceId,
          expires_at: expiresAt,
          used_at: null,
          replaced_by: null,
        })
        .execute()
    },

    exchange: (hash, next, now) =>
      db.transaction().execute(async tx => {
        const read = async (word: string): Promise<StoredToken | undefined> => {
          const row = await tx
            .selectFrom('refresh_token')
            .selectAll()
            .where('hash', '=', word)
            .forUpdate()
            .executeTakeFirst()
          return (
            row && {
              hash: row.hash,
              agentId: row.agent_id,
              deviceId: row.device_id,
              expiresAt: row.expires_at,
              usedAt: row.used_at,
              replacedBy: row.replaced_by,
            }
          )
        }
        const token = await read(hash)
        const successor = token?.replacedBy ? await read(token.replacedBy) : undefined
        const verdict = judge(token, successor, now)
        if (!token || verdict === 'unknown') return { kind: 'unknown' as const }
        const { agentId, deviceId } = token
        if (verdict === 'reused') return { kind: 'reused' as const, agentId, deviceId }
        if (successor)
          await tx
            .updateTable('refresh_token')
            .set({ used_at: now })
            .where('hash', '=', successor.hash)
            .execute()
        await tx
          .updateTable('refresh_token')
          .set({ used_at: now, replaced_by: next.hash })
          .where('hash', '=', hash)
          .execute()
        await tx
          .insertInto('refresh_token')
          .values({
            hash: next.hash,
            agent_id: agentId,
            device_id: deviceId,
            expires_at: next.expiresAt,
            used_at: null,
            replaced_by: null,
          })
          .execute()
        // Tokens long past their life prove nothing any more.
        await tx.deleteFrom('refresh_token').where('expires_at', '<', now).execute()
        return { kind: 'exchanged' as const, agentId, deviceId }
      }),

    async dropTokens(deviceId) {
      await db.deleteFrom('refresh_token').where('device_id', '=', deviceId).execute()
    },

    async settings(inboxId) {
      const row = await db
        .selectFrom('inbox_settings')
        .select('sealed')
        .where('inbox_id', '=', inboxId)
        .executeTakeFirst()
      return row?.sealed
    },

    async putSettings(inboxId, sealed) {
      await db
        .insertInto('inbox_settings')
        .values({ inbox_id: inboxId, sealed })
        .onConflict(conflict => conflict.column('inbox_id').doUpdateSet({ sealed }))
        .execute()
    },

    connections: () => db.selectFrom('connection').select(['id', 'sealed']).orderBy('id').execute(),

    async putConnection({ id, sealed }) {
      await db
        .insertInto('connection')
        .values({ id, sealed })
        .onConflict(conflict => conflict.column('id').doUpdateSet({ sealed }))
        .execute()
    },

    async dropConnection(id) {
      await db.deleteFrom('connection').where('id', '=', id).execute()
    },
  }
}
