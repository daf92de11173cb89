import { CircleAlert, Lock } from 'lucide-react'
import { Tabs } from 'radix-ui'
import { type DragEvent, useCallback, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import type { Channel, ChannelFamily } from '#shared/model/channel.ts'
import type { Conversation } from '#shared/model/conversation.ts'
import type { Identity } from '#shared/model/identity.ts'
import type { Inbox } from '#shared/model/inbox.ts'
import type { Attachment } from '#shared/model/item.ts'
import { faultSentence } from '../../app/faults.ts'
import { useLanguage, useWords } from '../../app/i18n.ts'
import { useKey } from '../../app/keys.ts'
import { useCustomerThere, useSync } from '../../store/states.ts'
import { toast } from '../../store/toasts.ts'
import { Button } from '../../ui/button.tsx'
import { channelDrawing } from '../../ui/channel-icon.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Keycap } from '../../ui/keycap.tsx'
import type { Selected } from '../customer/selected.ts'
import { Bar } from './bar.tsx'
import { CcField } from './cc-field.tsx'
import { Files } from './files.tsx'
import { To } from './to.tsx'
import { useCalls } from './use-calls.ts'
import type { useDraft } from './use-draft.ts'
import { filesOf, useFiles } from './use-files.ts'
import { useSend } from './use-send.ts'
import { useTyping } from './use-typing.ts'
import { words } from './words.ts'

type DraftOf = ReturnType<typeof useDraft>

export function Editor({
  kind,
  onKind,
  draft,
  replyDraft,
  selected,
  conversation,
  identity,
  inbox,
  channel,
  family,
}: {
  kind: 'reply' | 'note'
  onKind: (kind: 'reply' | 'note') => void
  draft: DraftOf
  replyDraft: DraftOf
  selected: Selected
  conversation: Conversation
  identity: Identity | undefined
  inbox: Inbox | undefined
  channel: Channel | undefined
  family: ChannelFamily
}) {
  const say = useWords(words)
  const language = useLanguage()
  const live = useSync()?.phase === 'live'
  const field = useRef<HTMLTextAreaElement>(null)
  const chooser = useRef<HTMLInputElement>(null)
  const [copying, setCopying] = useState(false)
  const [unfinished, setUnfinished] = useState('')
  const [over, setOver] = useState(false)
  const { content, edit, reset, flush, hold } = draft
  const { customer } = selected
  const send = useSend({ conversation, customer, identity, channel, live })
  const attached = useCallback(
    (file: Attachment) => edit(({ attachments }) => ({ attachments: [...attachments, file] })),
    [edit],
  )
  const files = useFiles(channel?.limits, content?.attachments.length ?? 0, attached)
  const typing = useTyping(conversation.id)
  const customerTypes = useCustomerThere(conversation.id)?.typing === true && live
  const held = conversation.held.find(({ itemId }) => itemId === content?.heldItemId)
  const isNote = kind === 'note'
  const may = {
    copy: channel?.can.copy ?? family === 'email',
    files: isNote || (channel?.can.attachments ?? true),
  }

  const focus = useCallback((): void => {
    const area = field.current
    if (!area) return
    area.focus()
    area.setSelectionRange(area.value.length, area.value.length)
  }, [])
  useCalls(conversation.id, onKind, replyDraft, focus)
  useKey('reply', () => callNow('reply'))
  useKey('note', () => callNow('note'))
  const callNow = (to: 'reply' | 'note'): void => {
    // Drawn at once, so that the very next key is already text and no shortcut.
    flushSync(() => onKind(to))
    focus()
  }

  const go = async (andClose: boolean): Promise<void> => {
    if (!content) return
    if (files.going.length > 0) return send.setProblem(say('files-going'))
    if (!isNote && unfinished !== '') return send.setProblem(say('cc-unfinished'))
    const keep = hold()
    const went = isNote ? await send.note(content) : await send.reply(content, andClose)
    if (!went) {
      keep()
      return void field.current?.focus()
    }
    // What was typed while it went is the beginning of the next.
    const typed = field.current?.value ?? ''
    reset()
    if (typed !== content.text && typed.startsWith(content.text))
      edit({ text: typed.slice(content.text.length) })
    files.forgive()
    setCopying(false)
    typing(false)
    if (document.activeElement === document.body) field.current?.focus()
  }
  useKey('send', () => void go(false))
  useKey('send-close', () => void go(!isNote))
  useKey('attach', may.files ? () => chooser.current?.click() : null)
  useKey('leave-composer', leave)

  const discard = (): void => {
    const before = content
    reset()
    edit({ text: '', attachments: [], heldItemId: null })
    flush()
    files.forgive()
    send.setProblem(null)
    if (before)
      toast(say('did-discard'), {
        action: {
          label: say('undo'),
          shortcut: 'undo',
          run: () => {
            edit(before)
            flush()
          },
        },
      })
    // Out of the field: there Z is a letter.
    leave()
  }

  const drop = (event: DragEvent): void => {
    setOver(false)
    const dropped = filesOf(event.dataTransfer)
    if (dropped.length === 0 || !may.files) return
    event.preventDefault()
    void files.add(dropped)
  }
  const dragging = (event: DragEvent): void => {
    if (!may.files || !event.dataTransfer.types.includes('Files')) return
    event.preventDefault()
    setOver(true)
  }

  const name = customer?.name || identity?.name || identity?.address || ''
  const filled =
    content !== null && (content.text.trim() !== '' || content.attachments.length > 0 || held !== undefined)
  const showCc = !isNote && may.copy && (copying || unfinished !== '' || (content?.cc.length ?? 0) > 0)
  const channelName = channel ? channel.label[language === 'en' ? 'en' : 'zh'] : say('reply')
  const placeholder = isNote
    ? say('write-note')
    : say(conversation.status === 'open' ? 'write-reply' : 'write-reply-closed', { name })

  return (
    <section className={`comp c-${isNote ? 'none' : family}`} data-keys="composer" aria-label={say('label')}>
      <span className={`tl-node ${isNote ? 'tl-node-square' : 'tl-node-solid'}`} aria-hidden="true">
        <Icon of={isNote ? Lock : channelDrawing(family)} size="xs" />
      </span>
      <p className="comp-typing" role="status">
        {customerTypes && (
          <>
            {say('customer-types', { who: name })}
            <span className="comp-dots" aria-hidden="true">
              <i />
              <i />
              <i />
            </span>
          </>
        )}
      </p>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a place to drop files; the button does the same */}
      <div
        className={`comp-box ${isNote ? 'comp-box-note' : ''} ${over ? 'comp-over' : ''}`}
        onDragOver={dragging}
        onDragLeave={event => event.currentTarget.contains(event.relatedTarget as Node) || setOver(false)}
        onDrop={drop}
      >
        <Tabs.Root value={kind} onValueChange={value => onKind(value as 'reply' | 'note')}>
          <header className="comp-top">
            <Tabs.List className="comp-tabs" aria-label={say('kinds')}>
              <Tabs.Trigger className={`comp-tab c-${family}`} value="reply" title={say('reply')}>
                <Icon of={channelDrawing(family)} size="s" />
                {channelName}
                <Keycap of="reply" />
              </Tabs.Trigger>
              <Tabs.Trigger className="comp-tab comp-tab-note" value="note">
                <Icon of={Lock} size="s" />
                {say('note')}
                <Keycap of="note" />
              </Tabs.Trigger>
            </Tabs.List>
            <To
              kind={kind}
              selected={selected}
              conversation={conversation}
              identity={identity}
              byName={!may.copy}
              onCopy={!isNote && may.copy && !showCc ? () => setCopying(true) : null}
            />
          </header>
          {showCc && content && (
            <CcField
              value={content.cc}
              unfinished={unfinished}
              onChange={cc => edit({ cc })}
              onUnfinished={setUnfinished}
            />
          )}
          {held && !isNote && (
            <div className="comp-held">
              <Icon of={CircleAlert} size="s" />
              <span className="grow">{say('editing-held')}</span>
              <Button small kind="ghost" onClick={discard}>
                {say('stop-editing')}
              </Button>
            </div>
          )}
          <Tabs.Content value={kind} className="comp-body" tabIndex={-1}>
            <textarea
              key={kind}
              ref={field}
              className="comp-text"
              data-column-entry=""
              aria-label={say(isNote ? 'note-text' : 'reply-text')}
              placeholder={placeholder}
              value={content?.text ?? ''}
              readOnly={content === null}
              spellCheck
              // A browser would keep it for restoring its session, readable on the disk.
              autoComplete="off"
              onChange={event => {
                send.setProblem(null)
                edit({ text: event.target.value })
                typing(!isNote)
              }}
              onBlur={() => {
                flush()
                typing(false)
              }}
              onPaste={event => {
                const pasted = filesOf(event.clipboardData)
                if (pasted.length === 0 || !may.files) return
                event.preventDefault()
                void files.add(pasted)
              }}
            />
            {!isNote && inbox?.signature.trim() && filled && (
              <p className="comp-signature" title={say('signature')}>
                {inbox.signature.trim()}
              </p>
            )}
          </Tabs.Content>
        </Tabs.Root>
        <Files
          files={content?.attachments ?? []}
          going={files.going}
          failed={files.failed}
          onRemove={at =>
            edit(({ attachments }) => ({ attachments: attachments.filter((_, index) => index !== at) }))
          }
        />
        {send.problem && (
          <p className="comp-problem" role="alert">
            <Icon of={CircleAlert} size="s" />
            {send.problem}
          </p>
        )}
        {!send.problem && draft.unsaved && (
          <p className="comp-problem" role="alert">
            <Icon of={CircleAlert} size="s" />
            {say('not-kept', { why: faultSentence(draft.unsaved) })}
          </p>
        )}
        <Bar
          note={isNote}
          live={live}
          sending={send.sending}
          chooser={may.files ? chooser : null}
          onFiles={chosen => {
            void files.add(chosen)
            field.current?.focus()
          }}
          onDiscard={filled && !held ? discard : null}
          onSend={andClose => void go(andClose)}
        />
        {over && <div className="comp-drop">{say('drop-here')}</div>}
      </div>
    </section>
  )
}

/** Back to the timeline, where the keyboard was. */
const leave = (): void =>
  document.querySelector<HTMLElement>('.tl-scroll [tabindex="0"], .tl-scroll')?.focus({ preventScroll: true })
