import { Command } from 'cmdk'
import { type KeyboardEvent, useState } from 'react'
import type { Conversation } from '#shared/model/conversation.ts'
import { useWords } from '../../../app/i18n.ts'
import { useKey } from '../../../app/keys/use-key.ts'
import { act } from '../../../store/core.ts'
import { useLive } from '../../../store/live.ts'
import { useMyId, usePresence } from '../../../store/states.ts'
import { toast } from '../../../store/toasts.ts'
import { activeOption } from '../../../ui/active-option.ts'
import { Avatar } from '../../../ui/avatar.tsx'
import { Button } from '../../../ui/button.tsx'
import { now } from '../../../ui/clock.ts'
import { Dialog } from '../../../ui/dialog.tsx'
import { Keycap } from '../../../ui/keycap.tsx'
import '../../../ui/picker.css'
import { dayAndTime } from '../../../ui/time.ts'
import { useAgents } from '../../customer/names.ts'
import { colleaguesFor } from './colleagues.ts'
import { type Facts, factsOf } from './facts.ts'
import './handover.css'
import { words } from './words.ts'

/** The newest items are what the timeline shows anyway: the same live query, the same rows. */
const LATEST = 80

/** Gives a conversation to a colleague with a word on where it stands; opened by its key or from the header. */
export function HandoverDialog({
  conversation,
  customerId,
  name,
}: {
  conversation: Conversation
  customerId: string
  name: string
}) {
  const [open, setOpen] = useState(false)
  const say = useWords(words)
  useKey('hand-over', () => setOpen(true))
  return (
    <Dialog open={open} onOpenChange={setOpen} title={say('title', { name })}>
      {open && <Form conversation={conversation} customerId={customerId} onDone={() => setOpen(false)} />}
    </Dialog>
  )
}

function Form({
  conversation,
  customerId,
  onDone,
}: {
  conversation: Conversation
  customerId: string
  onDone: () => void
}) {
  const say = useWords(words)
  const me = useMyId()
  const agents = useAgents()
  const presence = usePresence()
  const { rows } = useLive('timeline', { customerId, limit: LATEST })
  const [text, setText] = useState('')
  const [to, setTo] = useState('')
  const [own, setOwn] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)

  const found = colleaguesFor(conversation, agents.values(), me, text)
  // Whoever is written down stays chosen while they are found.
  const chosen = found.find(({ id }) => id === to) ?? found[0]
  const items = rows.map(({ item }) => item)
  const suggested = linesOf(factsOf(conversation, items), say, id => agents.get(id ?? '')?.name ?? '')
  const summary = own ?? suggested

  const whereIs = (id: string): string => {
    if (id === conversation.assigneeId) return say('has-it')
    const there = presence.find(({ agentId }) => agentId === id)
    return !there ? '' : say(there.conversationId === conversation.id ? 'here' : 'around')
  }
  const give = async (): Promise<void> => {
    if (!chosen || busy) return
    setBusy(true)
    const { id: conversationId, assigneeId: from } = conversation
    const done = await act('conversation.hand-over', {
      ...{ conversationId, agentId: chosen.id, from, at: now() },
      summary: summary.trim(),
    })
    setBusy(false)
    if (!done) return
    onDone()
    toast(say('did', { name: chosen.name }), {
      action: {
        label: say('undo'),
        shortcut: 'undo',
        run: () =>
          void act('conversation.assign', { conversationId, agentId: from, from: chosen.id, at: now() }),
      },
    })
  }
  const send = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.nativeEvent.isComposing) return
    event.preventDefault()
    void give()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys that send, wherever one is in the form
    <div className="handover" onKeyDown={send}>
      <Command
        ref={activeOption}
        label={say('to')}
        loop
        shouldFilter={false}
        value={chosen?.id ?? ''}
        onValueChange={setTo}
        className="picker handover-who"
      >
        <div className="picker-field">
          <Command.Input value={text} onValueChange={setText} placeholder={say('find')} />
        </div>
        <Command.List label={say('to')}>
          <Command.Empty className="picker-empty">{say('nobody')}</Command.Empty>
          {found.map(agent => (
            <Command.Item key={agent.id} value={agent.id} onSelect={() => setTo(agent.id)}>
              <Avatar name={agent.name} size="xs" beside />
              <span className="grow trunc text">{agent.name}</span>
              <span className="meta faint">{whereIs(agent.id)}</span>
            </Command.Item>
          ))}
        </Command.List>
      </Command>
      <label className="field">
        {say('summary')}
        <textarea
          className="input handover-summary"
          rows={5}
          maxLength={4000}
          value={summary}
          onChange={event => setOwn(event.target.value)}
        />
        <span className="meta faint">{say('summary-hint')}</span>
      </label>
      <div className="handover-foot">
        <Button
          kind="ink"
          busy={busy}
          disabled={!chosen}
          keycap={<Keycap of="send" />}
          onClick={() => void give()}
        >
          {say('hand-over')}
          {chosen && ` · ${chosen.name}`}
        </Button>
      </div>
    </div>
  )
}

function linesOf(
  { asked, note, waitingSince }: Facts,
  say: ReturnType<typeof useWords<typeof words>>,
  nameOf: (id: string | null) => string,
): string {
  return [
    asked && say('asked-last', { text: asked }),
    note && say('last-note', { who: nameOf(note.agentId), text: note.text }),
    waitingSince !== null && say('waits-since', { time: dayAndTime(waitingSince, now()) }),
  ]
    .filter(Boolean)
    .join('\n')
}
