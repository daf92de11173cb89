import type { Id } from '#shared/model/base.ts'
import { draftId } from '#shared/model/draft.ts'
import { mutationNamed } from '#shared/mutations/index.ts'
import { glimpseOf } from '#shared/mutations/timeline.ts'
import type { Outcome } from '#shared/protocol/common.ts'
import { joinedFiles, joinedWords } from '#shared/rules/draft-words.ts'
import type { Replica } from '../replica/replica.ts'
import { standingDraft } from '../replica/standing-drafts.ts'
import type { OutboxRow } from '../replica/statements.ts'
import { enqueue } from './rebase.ts'

export interface RefusedNote {
  id: Id
  name: string
  code: string
  params: Record<string, string>
}

type Refusal = Extract<Outcome, { kind: 'refused' }>

/**
 * A refusal never loses what a person wrote (S13): the words come back as a draft, added to the one that is there. The note
 * stays until it has been read. Within the patch's transaction.
 */
export function takeRefusal(
  replica: Replica,
  entry: OutboxRow,
  outcome: Refusal,
  context: { newId(): Id; now: number },
): RefusedNote {
  const mutation = mutationNamed(entry.name)
  const args = mutation?.args.safeParse(JSON.parse(entry.args))
  const words = args?.success ? mutation?.words?.(args.data, outcome.code) : undefined
  const conversationId = words?.conversationId ?? conversationOf(args?.data)
  const params = { ...(args?.success ? mutation?.keeps?.(args.data) : undefined), ...outcome.params }
  // The hub does not have the file (any more): it is sent again when the words are.
  if (params.attachment) replica.sql.upload.again.run(params.attachment)
  replica.sql.refused.add.run(
    entry.id,
    entry.name,
    outcome.code,
    JSON.stringify(params),
    conversationId,
    words ? glimpseOf(words) : '',
    context.now,
  )
  replica.touchLocal()
  const files = words?.attachments ?? []
  if (words && (words.text || files.length > 0)) {
    const draft = standingDraft(replica.tables, draftId(entry.agent_id, words.conversationId, words.kind))
    const text = joinedWords(draft?.text ?? '', words.text)
    const { cc = [], bcc, forward, side } = draft ?? words.draft ?? {}
    // Of two drafts in one the formatting would be that of the first.
    const rich = draft ? undefined : words.draft?.rich
    const attachments = joinedFiles(draft?.attachments ?? [], files)
    if (text !== draft?.text || attachments.length > (draft?.attachments.length ?? 0))
      enqueue(replica, {
        id: context.newId(),
        agentId: entry.agent_id,
        name: 'draft.save',
        args: {
          conversationId: words.conversationId,
          kind: words.kind,
          text,
          rich,
          cc,
          bcc,
          forward,
          side,
          attachments,
          heldItemId: draft?.heldItemId ?? null,
          shared: draft?.shared,
          updatedAt: context.now,
        },
        at: context.now,
      })
  }
  return { id: entry.id, name: entry.name, code: outcome.code, params }
}

const conversationOf = (args: unknown): Id | null => {
  const id = (args as { conversationId?: unknown } | undefined)?.conversationId
  return typeof id === 'string' ? id : null
}
