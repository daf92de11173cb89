import { useMemo } from 'react'
import type { Conversation } from '#shared/model/conversation.ts'
import { DraftKind } from '#shared/model/draft.ts'
import { type Item, mailboxText } from '#shared/model/item.ts'
import { useComing } from '../../app/keys/coming.ts'
import { useKey } from '../../app/keys/use-key.ts'
import { useKept } from '../../store/kept.ts'
import { useLive } from '../../store/live.ts'
import { useIsActive } from '../../store/pane.ts'
import { familyOf, useChannels, useInboxes } from '../customer/names.ts'
import { type Selected, useSelected } from '../customer/selected.ts'
import { useTogether } from '../team/shared-draft/use-together.ts'
import { forwardMail, sayAside } from './calls.ts'
import { Editor } from './editor.tsx'
import { copiesOf } from './recipients.ts'
import { emptyContent, useDraft } from './use-draft.ts'
import './composer.css'

/** Where the thread goes on: the answer to the conversation that is addressed, or a note beside it. */
export function Composer() {
  const selected = useSelected()
  const conversation = selected?.conversation
  const active = useIsActive()
  useComing(active && selected?.loading === true && !conversation)
  if (!selected || !conversation) return null
  // What is typed belongs to one conversation.
  return <OfConversation key={conversation.id} selected={selected} conversation={conversation} />
}

/** The newest items are what the timeline shows anyway: the same live query, the same rows. */
const LATEST = 80

function OfConversation({ selected, conversation }: { selected: Selected; conversation: Conversation }) {
  const { rows: drafts, loading, fault } = useLive('drafts', { conversationId: conversation.id })
  const { rows: entries } = useLive('timeline', { customerId: selected.customerId, limit: LATEST })
  const inboxes = useInboxes()
  const channels = useChannels()
  const channel = channels.get(conversation.channel)
  const [chosen, setKind] = useKept('writing', conversation.id, DraftKind, 'reply')
  // What was said where nothing can be answered is talked about in notes.
  const kind = chosen === 'reply' && channel?.can.reply === false ? 'note' : chosen

  const identity = selected.identities.find(({ id }) => id === conversation.identityId)
  const own = [...inboxes.values()].map(({ address }) => address).join('\n')
  const latest = latestInbound(entries, conversation.id)
  const to = identity?.address ?? ''
  const fresh = useMemo(() => {
    const cc = copiesOf(latest, to, own.split('\n')).map(mailboxText)
    return { ...emptyContent, cc }
  }, [latest, to, own])

  const together = useTogether(conversation.id)
  // All are kept at hand: to change between reply, note and forward loses nothing.
  const draftOf = (of: DraftKind) => drafts.find(each => each.kind === of)
  const all = {
    reply: useDraft(conversation.id, 'reply', draftOf('reply'), loading, fresh, together),
    note: useDraft(conversation.id, 'note', draftOf('note'), loading, emptyContent),
    forward: useDraft(conversation.id, 'forward', draftOf('forward'), loading, emptyContent),
  }
  // Until what was begun is there nobody can write.
  useComing(useIsActive() && all[kind].content === null && !fault)
  const passable = mailToForward(entries, conversation.id)
  useKey(
    'forward-mail',
    passable
      ? () => forwardMail(mailToForward(entries, conversation.id) ?? passable, selected.customerId)
      : null,
  )

  useKey(
    'aside',
    passable
      ? () => sayAside(mailToForward(entries, conversation.id) ?? passable, null, selected.customerId)
      : null,
  )

  return (
    <Editor
      kind={kind}
      onKind={setKind}
      drafts={all}
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
      item.conversationId === conversationId &&
      item.kind === 'message' &&
      item.direction === 'in' &&
      // Whom we asked is not whom we answer.
      !item.mail?.aside,
  )?.item
}

/** The mail that the keyboard is at, else what the customer wrote last, else what we did. */
function mailToForward(entries: readonly { item: Item }[], conversationId: string): Item | undefined {
  const mails = entries.filter(({ item }) => item.kind === 'message' && item.mail !== null)
  const at = document.activeElement?.closest<HTMLElement>('[role="article"]')?.dataset.key
  return (
    mails.find(({ item }) => item.id === at)?.item ??
    latestInbound(mails, conversationId) ??
    mails.findLast(({ item }) => item.conversationId === conversationId)?.item
  )
}
