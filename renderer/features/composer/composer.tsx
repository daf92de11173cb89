import { useMemo, useState } from 'react'
import type { Conversation } from '#shared/model/conversation.ts'
import { type Item, mailboxText } from '#shared/model/item.ts'
import { useLive } from '../../store/live.ts'
import { familyOf, useChannels, useInboxes } from '../customer/names.ts'
import { type Selected, useSelected } from '../customer/selected.ts'
import { Editor } from './editor.tsx'
import { copiesOf } from './recipients.ts'
import { useDraft } from './use-draft.ts'
import './composer.css'

/** Where the thread goes on: the answer to the conversation that is addressed, or a note beside it. */
export function Composer() {
  const selected = useSelected()
  const conversation = selected?.conversation
  if (!selected || !conversation) return null
  // What is typed belongs to one conversation.
  return <OfConversation key={conversation.id} selected={selected} conversation={conversation} />
}

/** The newest items are what the timeline shows anyway: the same live query, the same rows. */
const LATEST = 80

function OfConversation({ selected, conversation }: { selected: Selected; conversation: Conversation }) {
  const { rows: drafts, loading } = useLive('drafts', { conversationId: conversation.id })
  const { rows: entries } = useLive('timeline', { customerId: selected.customerId, limit: LATEST })
  const inboxes = useInboxes()
  const channels = useChannels()
  const [kind, setKind] = useState<'reply' | 'note'>('reply')

  const identity = selected.identities.find(({ id }) => id === conversation.identityId)
  const own = [...inboxes.values()].map(({ address }) => address).join('\n')
  const latest = latestInbound(entries, conversation.id)
  const to = identity?.address ?? ''
  const fresh = useMemo(() => {
    const cc = copiesOf(latest, to, own.split('\n')).map(mailboxText)
    return { text: '', cc, attachments: [], heldItemId: null }
  }, [latest, to, own])
  const none = useMemo(() => ({ text: '', cc: [], attachments: [], heldItemId: null }), [])

  // Both are kept at hand: to change between reply and note loses nothing.
  const reply = useDraft(
    conversation.id,
    'reply',
    drafts.find(each => each.kind === 'reply'),
    loading,
    fresh,
  )
  const note = useDraft(
    conversation.id,
    'note',
    drafts.find(each => each.kind === 'note'),
    loading,
    none,
  )
  const channel = channels.get(conversation.channel)

  return (
    <Editor
      kind={kind}
      onKind={setKind}
      draft={kind === 'reply' ? reply : note}
      replyDraft={reply}
      selected={selected}
      conversation={conversation}
      identity={identity}
      inbox={inboxes.get(conversation.inboxId)}
      channel={channel}
      family={familyOf(channels, conversation.channel)}
    />
  )
}

function latestInbound(entries: readonly { item: Item }[], conversationId: string): Item | undefined {
  return entries.findLast(
    ({ item }) =>
      item.conversationId === conversationId && item.kind === 'message' && item.direction === 'in',
  )?.item
}
