import { uuidv7 } from 'uuidv7'
import { z } from 'zod'
import type { Agent, Role } from '#shared/model/agent.ts'
import { key } from '#shared/model/row.ts'
import { hashPassword, MIN_PASSWORD } from '../auth/passwords.ts'
import type { Ground } from '../main.ts'
import type { NewEvent } from '../store/store.ts'
import { Sentence } from './sentence.ts'

export const emailOf = (text: string): string => {
  const parsed = z.email().max(320).safeParse(text.trim().toLowerCase())
  if (parsed.success) return parsed.data
  throw new Sentence(`"${text}" is not an email address.`)
}

export function checkNewPassword(password: string): void {
  if (password.length < MIN_PASSWORD)
    throw new Sentence(`The password needs at least ${MIN_PASSWORD} characters.`)
  if (password.length > 1000) throw new Sentence('The password may have 1,000 characters at most.')
}

/** Whether somebody can sign in. */
export async function hasPeople({ store, vault }: Ground): Promise<boolean> {
  for (const { email } of await store.all('agent')) if (await vault.credential(email)) return true
  return false
}

export interface NewAgent {
  email: string
  name: string
  role: Role
  password: string
  inboxIds: string[]
}

/**
 * Adds a person who can sign in. Throws a Sentence when the address is taken. Row and password are two commits: what was
 * cut short between them is finished by adding the person again.
 */
export async function addAgent(
  { store, vault }: Ground,
  { email, name, role, password, inboxIds }: NewAgent,
): Promise<Agent> {
  checkNewPassword(password)
  const credential = await vault.credential(email)
  const known = (await store.all('agent')).find(each => each.email === email)
  if (credential && known) throw new Sentence(`${email} is an agent already.`)
  const id = known?.id ?? credential?.agentId ?? uuidv7()
  const agent: Agent = { id, name, email, role, inboxIds, active: true }
  const passwordHash = await hashPassword(password)
  await store.write(async tx => {
    await tx.load([key('agent', id)])
    tx.put('agent', agent)
    tx.event(event('agent.added', agent.id, 'agent', { role }))
  })
  await vault.putCredential({ agentId: agent.id, email, passwordHash })
  return agent
}

/** What the administrator did at the command line, for the audit (S16). */
export const event = (
  name: string,
  id: string,
  type: 'agent' | 'workspace',
  facts: NewEvent['facts'],
): NewEvent => ({
  name,
  agentId: null,
  deviceId: null,
  mutationId: null,
  at: Date.now(),
  keys: [key(type, id)],
  facts,
})
