import { type FormEvent, useState } from 'react'
import { uuidv7 } from 'uuidv7'
import type { Conversation } from '#shared/model/conversation.ts'
import { mayBeSent } from '#shared/mutations/transcript.ts'
import { languageNow, useWords } from '../../app/i18n.ts'
import { useKey } from '../../app/keys/use-key.ts'
import { act } from '../../store/core.ts'
import { useSync } from '../../store/states.ts'
import { toast } from '../../store/toasts.ts'
import { Button } from '../../ui/button.tsx'
import { now } from '../../ui/clock.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'
import { parseMailbox } from '../composer/recipients.ts'
import { familyOf, useChannels, useInboxes } from './names.ts'
import type { Selected } from './selected.ts'
import { words } from './transcript.words.ts'

/** Sends the addressed conversation by mail, where its channel can and there is an inbox for mail. */
export function Transcript({ selected, conversation }: { selected: Selected; conversation: Conversation }) {
  const [open, setOpen] = useState(false)
  const sendable = useSendable(conversation)
  useKey('transcript', sendable ? () => setOpen(true) : null)
  return open && <Ask selected={selected} conversation={conversation} onClose={() => setOpen(false)} />
}

export function useSendable(conversation: Conversation | undefined): boolean {
  const channels = useChannels()
  const inboxes = useInboxes()
  if (!conversation || !mayBeSent(conversation, channels.get(conversation.channel))) return false
  return [...inboxes.values()].some(
    ({ active, channel }) => active && familyOf(channels, channel) === 'email',
  )
}

function Ask({
  selected: { identities, customer },
  conversation,
  onClose,
}: {
  selected: Selected
  conversation: Conversation
  onClose: () => void
}) {
  const say = useWords(words)
  const channels = useChannels()
  const live = useSync()?.phase === 'live'
  const known = identities.find(({ channel }) => familyOf(channels, channel) === 'email')?.address ?? ''
  const typed = known ? '' : (conversation.visit?.typedEmail ?? '')
  const [text, setText] = useState(known || typed)
  const [wrong, setWrong] = useState(false)

  const send = async (): Promise<void> => {
    const to = parseMailbox(text)
    if (!to) return setWrong(true)
    const done = await act('conversation.transcript', {
      id: uuidv7(),
      conversationId: conversation.id,
      channel: conversation.channel,
      to: { name: to.name || customer?.name || '', address: to.address },
      locale: languageNow(),
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      at: now(),
    })
    if (!done) return
    toast(say('sent', { address: to.address }))
    onClose()
  }

  return (
    <Dialog
      open
      onOpenChange={open => !open && onClose()}
      title={say('start')}
      description={say('lead')}
      footer={
        <>
          <Button onClick={onClose}>{say('cancel')}</Button>
          <Button kind="ink" onClick={() => void send()}>
            {say(live ? 'send' : 'queue')}
          </Button>
        </>
      }
    >
      <form
        noValidate
        onSubmit={(event: FormEvent) => {
          event.preventDefault()
          void send()
        }}
      >
        <TextField
          label={say('to')}
          type="email"
          autoComplete="off"
          value={text}
          error={wrong ? say('wrong') : undefined}
          hint={typed !== '' && text === typed ? say('typed') : undefined}
          onChange={({ target }) => {
            setText(target.value)
            setWrong(false)
          }}
        />
      </form>
    </Dialog>
  )
}
