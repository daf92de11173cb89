import { Command } from 'cmdk'
import { CornerDownLeft, Lock, type LucideIcon, Search as Magnifier } from 'lucide-react'
import { Dialog } from 'radix-ui'
import { useDeferredValue, useRef, useState } from 'react'
import type { SearchHit } from '#shared/queries/index.ts'
import { Failed } from '../../app/failed.tsx'
import { useWords } from '../../app/i18n.ts'
import { askAgain, useLive, useLiveOne } from '../../store/live.ts'
import { open, toggle, useView } from '../../store/view.ts'
import { activeOption } from '../../ui/active-option.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { ChannelIcon } from '../../ui/channel-icon.tsx'
import { useNow } from '../../ui/clock.ts'
import { giveBack } from '../../ui/give-back.ts'
import { Icon } from '../../ui/icon.tsx'
import { Keycap } from '../../ui/keycap.tsx'
import { shortTime } from '../../ui/time.ts'
import { familyOf, useChannels } from '../customer/names.ts'
import { bareSubject } from '../timeline/thread.ts'
import { askedAction, useActions } from './actions.ts'
import { grouped, marked, type Piece, pieces } from './hits.ts'
import { words } from './words.ts'
import './search.css'
import { numberText } from '../../ui/numbers.ts'

const MOST = 60

type Group = 'conversations' | 'messages' | 'customers'

/** Of each kind as many as one looks over. */
const shownOf = (name: Group, hits: readonly SearchHit[]): readonly SearchHit[] =>
  hits.slice(0, name === 'customers' ? 4 : 8)

/** Ctrl/Cmd K: everything on this desk, and everything that can be done. */
export function Search() {
  const say = useWords(words)
  const shown = useView(({ searchOpen }) => searchOpen)
  const then = useRef<(() => void) | null>(null)
  const done = (next?: () => void): void => {
    then.current = next ?? null
    toggle('searchOpen', false)
  }
  return (
    <Dialog.Root open={shown} onOpenChange={to => toggle('searchOpen', to)}>
      <Dialog.Portal>
        <Dialog.Overlay className="scrim" />
        <Dialog.Content
          className="palette"
          data-modal=""
          aria-describedby={undefined}
          onCloseAutoFocus={event => {
            giveBack(event)
            then.current?.()
            then.current = null
          }}
        >
          <Dialog.Title className="sr">{say('title')}</Dialog.Title>
          <Palette onDone={done} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

/** @param onDone closes it; what is given is done when the focus is back where it was */
function Palette({ onDone }: { onDone: (then: () => void) => void }) {
  const say = useWords(words)
  const [text, setText] = useState('')
  const input = useRef<HTMLInputElement>(null)
  // Typing never waits for what it finds.
  const asked = useDeferredValue(askedAction(text) === null ? text.trim() : '')
  const { rows, loading, fault } = useLive(
    'search',
    asked === '' ? null : { text: asked.slice(0, 400), inboxId: null, limit: MOST },
    { keep: true },
  )
  const hits = asked === '' ? [] : rows
  const { conversations, messages, customers } = grouped(hits, asked)
  const actions = useActions(text)
  const found = hits.length + actions.length > 0
  const lines = [
    ...shownOf('conversations', conversations),
    ...shownOf('messages', messages),
    ...shownOf('customers', customers),
  ]
    .map(({ key }) => key)
    .concat(actions.map(({ key }) => `do:${key}`))
  // Whatever comes and goes while one types, Enter means a line that is there.
  const [at, setAt] = useState('')
  const line = lines.includes(at) ? at : (lines[0] ?? '')

  const go = ({ customerId, conversationId, itemId }: SearchHit): void =>
    onDone(() => open({ customerId, conversationId, itemId }))

  return (
    <Command
      ref={activeOption}
      label={say('title')}
      shouldFilter={false}
      loop
      value={line}
      onValueChange={setAt}
      onKeyDown={event => {
        // With nothing to open or do, Enter asks again: in the field as on the button, whose Enter the list would take.
        const onButton = event.target instanceof HTMLButtonElement
        if (!fault || event.key !== 'Enter' || event.nativeEvent.isComposing || (found && !onButton)) return
        event.preventDefault()
        askAgain()
      }}
    >
      <div className="palette-field">
        <Icon of={Magnifier} size="l" />
        <Command.Input
          ref={input}
          placeholder={say('placeholder')}
          value={text}
          onValueChange={setText}
          maxLength={400}
        />
        <Keycap chord="Escape" />
      </div>
      {/* Outside the list, which holds nothing but what can be chosen. */}
      <div role="status">
        {fault && <Failed title={say('fault')} fault={fault} then={() => input.current?.focus()} />}
        {text.trim() === '' && (
          <div className="palette-none">
            <p className="meta">{say('start')}</p>
            <p className="meta faint">{say('start-hint')}</p>
          </div>
        )}
        {asked !== '' && !found && !loading && !fault && (
          <div className="palette-none">
            <p className="semi">{say('no-hit', { text: asked })}</p>
            <p className="meta">{say('no-hit-hint')}</p>
          </div>
        )}
        {hits.length > 0 && (
          <span className="sr">
            {say(hits.length < MOST ? 'found' : 'found-many', { count: hits.length })}
          </span>
        )}
      </div>
      <Command.List label={say('title')}>
        <Hits name="conversations" hits={conversations} text={asked} onOpen={go} />
        <Hits name="messages" hits={messages} text={asked} onOpen={go} />
        <Hits name="customers" hits={customers} text={asked} onOpen={go} />
        {actions.length > 0 && (
          <Command.Group heading={say('actions')}>
            {actions.map(({ key, id, label, icon, run }) => (
              <Command.Item
                key={key}
                value={`do:${key}`}
                className="palette-line"
                onSelect={() => onDone(run)}
              >
                <span className="palette-icon">{icon && <Icon of={icon} size="s" />}</span>
                <span className="grow trunc">
                  <Marked pieces={marked(label, text)} />
                </span>
                {id && <Keycap of={id} />}
              </Command.Item>
            ))}
          </Command.Group>
        )}
      </Command.List>
      <Foot />
    </Command>
  )
}

function Hits({
  name,
  hits,
  text,
  onOpen,
}: {
  name: Group
  hits: readonly SearchHit[]
  text: string
  onOpen: (hit: SearchHit) => void
}) {
  const say = useWords(words)
  const now = useNow()
  const channels = useChannels()
  if (hits.length === 0) return null
  const shown = shownOf(name, hits)
  return (
    <Command.Group
      heading={
        <span className="palette-heading">
          {say(name)}
          <span className="num">{`${shown.length}${hits.length > shown.length ? '+' : ''}`}</span>
        </span>
      }
    >
      {shown.map(hit => (
        <Command.Item
          key={hit.key}
          value={hit.key}
          className={hit.kind === 'customer' ? 'palette-line' : 'palette-hit'}
          onSelect={() => onOpen(hit)}
        >
          {hit.kind === 'customer' ? (
            <>
              <Avatar name={hit.customerName || '?'} size="xs" beside />
              <span className="trunc">
                <Marked pieces={marked(hit.customerName, text)} />
              </span>
              <span className="trunc grow meta">
                <Marked pieces={pieces(hit.snippet)} />
              </span>
              <Enter />
            </>
          ) : (
            <>
              <span className="palette-sign">
                {hit.channel === null ? (
                  <Icon of={Lock} size="s" />
                ) : (
                  <ChannelIcon family={familyOf(channels, hit.channel)} />
                )}
              </span>
              <span className="palette-words">
                <span className="row">
                  <span className="trunc med">
                    <Marked pieces={marked(bareSubject(hit.subject) || hit.customerName, text)} />
                  </span>
                  {hit.subject !== '' && <span className="trunc meta faint">{hit.customerName}</span>}
                </span>
                <span className="palette-snippet trunc">
                  <Marked pieces={pieces(hit.snippet)} />
                </span>
              </span>
              <span className="palette-end">
                <time className="meta faint num">{shortTime(hit.at, now)}</time>
                <Enter />
              </span>
            </>
          )}
        </Command.Item>
      ))}
    </Command.Group>
  )
}

const Enter = () => (
  <span className="palette-enter">
    <Icon of={CornerDownLeft as LucideIcon} size="xs" />
  </span>
)

const Marked = ({ pieces }: { pieces: readonly Piece[] }) =>
  pieces.map(({ text, hit }, index) => {
    // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no other name
    return hit ? <mark key={index}>{text}</mark> : <span key={index}>{text}</span>
  })

/** What was searched: honest about what is not here. */
function Foot() {
  const say = useWords(words)
  const held = useLiveOne('holdings', {})
  return (
    <footer className="palette-foot">
      <span className="trunc grow num">
        {held && say('searched', { count: held.items, number: numberText(held.items) })}
      </span>
      <span className="palette-hint">
        <Keycap chord="ArrowUp" />
        <Keycap chord="ArrowDown" />
        {say('move')}
      </span>
      <span className="palette-hint">
        <Keycap chord="Enter" />
        {say('open')}
      </span>
    </footer>
  )
}
