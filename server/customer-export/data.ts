/** The same for machines: one JSON document, written bit by bit (docs/erasure.md has its form). */
import type { Agent } from '#shared/model/agent.ts'
import type { Id } from '#shared/model/base.ts'
import type { Customer } from '#shared/model/customer.ts'
import { customerFields, fieldValue, labelOf } from '#shared/model/customer-field.ts'
import type { Item } from '#shared/model/item.ts'
import type { Workspace } from '#shared/model/workspace.ts'
import type { Store } from '../store/store.ts'
import { type Gathered, itemsOf } from './gather.ts'

/** What stands around them. */
export interface Told {
  workspace: Workspace | undefined
  at: number
  agents: ReadonlyMap<Id, Agent>
  /** Names of tags. */
  tags: ReadonlyMap<Id, string>
}

export async function* dataOf(store: Store, gathered: Gathered, told: Told): AsyncGenerator<string> {
  const { customers, identities, conversations, unseen } = gathered
  const head = {
    format: 'skein-customer-export',
    version: 1,
    workspace: told.workspace?.name ?? '',
    exportedAt: time(told.at),
    conversationsNotIncluded: unseen,
    customers: customers.map(customer => profileOf(customer, told)),
    identities,
  }
  yield `${JSON.stringify(head, null, 2).slice(0, -2)},\n  "conversations": [`
  for (const [index, conversation] of conversations.entries()) {
    const { held: _, ...rest } = conversation
    yield `${index > 0 ? ',' : ''}\n${JSON.stringify(rest).slice(0, -1)},"items":[`
    let first = true
    for await (const item of itemsOf(store, conversation)) {
      yield `${first ? '' : ','}\n${JSON.stringify(entryOf(item, gathered, told))}`
      first = false
    }
    yield ']}'
  }
  yield '\n  ]\n}\n'
}

/** A profile by the names of its fields, whatever a workspace calls them. */
const profileOf = (customer: Customer, { workspace, tags }: Told): object => ({
  ...customer,
  tags: (customer.tagIds ?? []).flatMap(id => tags.get(id) ?? []),
  fields: Object.fromEntries(
    customerFields(workspace)
      .filter(({ custom }) => custom)
      .map(field => [labelOf(field, 'en'), fieldValue(field, customer)]),
  ),
})

/** An entry with whoever wrote it, and with its files by where they lie here. */
function entryOf(item: Item, { files }: Gathered, { agents }: Told): object {
  const { basis: _, holdReasons: __, attachments, mail, author, ...rest } = item
  const name = author.kind === 'agent' ? { name: agents.get(author.agentId)?.name ?? '' } : {}
  return {
    ...rest,
    author: { ...author, ...name },
    attachments: attachments.map(file => ({ ...file, path: files.get(file.sha256) ?? null })),
    mail: mail && { ...mail, path: mail.raw ? (files.get(mail.raw) ?? null) : null },
  }
}

export const time = (at: number): string => new Date(at).toISOString()
