import { type Credential, judge, type StoredToken, type Vault } from './vault.ts'

/** The vault in memory, for tests that need no database. */
export function memoryVault(): Vault {
  const credentials = new Map<string, Credential>()
  const tokens = new Map<string, StoredToken>()
  const settings = new Map<string, string>()
  const connections = new Map<string, string>()
  return {
    credential: async email => credentials.get(email),
    async putCredential(credential) {
      for (const [email, { agentId }] of credentials)
        if (agentId === credential.agentId) credentials.delete(email)
      credentials.set(credential.email, credential)
    },
    async addToken(token) {
      tokens.set(token.hash, { ...token, usedAt: null, replacedBy: null })
    },
    async exchange(hash, next, now) {
      const token = tokens.get(hash)
      const successor = token?.replacedBy ? tokens.get(token.replacedBy) : undefined
      const verdict = judge(token, successor, now)
      if (!token || verdict === 'unknown') return { kind: 'unknown' }
      const { agentId, deviceId } = token
      if (verdict === 'reused') return { kind: 'reused', agentId, deviceId }
      if (successor && verdict === 'exchange-and-void-successor') successor.usedAt = now
      token.usedAt = now
      token.replacedBy = next.hash
      tokens.set(next.hash, { ...next, agentId, deviceId, usedAt: null, replacedBy: null })
      return { kind: 'exchanged', agentId, deviceId }
    },
    async dropTokens(deviceId) {
      for (const [hash, token] of tokens) if (token.deviceId === deviceId) tokens.delete(hash)
    },
    settings: async inboxId => settings.get(inboxId),
    putSettings: async (inboxId, sealed) => void settings.set(inboxId, sealed),
    connections: async () =>
      [...connections].map(([id, sealed]) => ({ id, sealed })).sort((a, b) => (a.id < b.id ? -1 : 1)),
    putConnection: async ({ id, sealed }) => void connections.set(id, sealed),
    dropConnection: async id => void connections.delete(id),
  }
}
