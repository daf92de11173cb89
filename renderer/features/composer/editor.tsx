import type { Editor as RichEditor } from '@tiptap/react'
import { CircleAlert, Lock } from 'lucide-react'
import { Tabs } from 'radix-ui'
import { useCallback, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import type { Channel, ChannelFamily } from '#shared/model/channel.ts'
import type { Conversation } from '#shared/model/conversation.ts'
import type { DraftKind } from '#shared/model/draft.ts'
import type { Identity } from '#shared/model/identity.ts'
import type { Inbox } from '#shared/model/inbox.ts'
import type { Attachment } from '#shared/model/item.ts'
import { mentionedIn } from '#shared/rules/mentions.ts'
import { picturesIn } from '#shared/rules/pictures.ts'
import { holesIn } from '#shared/rules/variables.ts'
import { focusThread } from '../../app/columns.ts'
import { faultSentence } from '../../app/faults.ts'
import { useWords } from '../../app/i18n.ts'
import { useKey } from '../../app/keys/use-key.ts'
import { useCustomerThere, useSync } from '../../store/states.ts'
import { toast } from '../../store/toasts.ts'
import { Button } from '../../ui/button.tsx'
import { channelDrawing } from '../../ui/channel-icon.tsx'
import { now } from '../../ui/clock.ts'
import { Icon } from '../../ui/icon.tsx'
import { ownerOf, type Selected } from '../customer/selected.ts'
import { goOnFrom } from '../inbox/going-on.ts'
import { AlsoWrites } from '../team/presence/colleagues-here.tsx'
import { SharedStrip } from '../team/shared-draft/strip.tsx'
import { useSharedDraft } from '../team/shared-draft/use-shared-draft.ts'
import { SideHead } from '../team/side/side-head.tsx'
import { Addresses } from './addresses.tsx'
import { useBackInWords } from './back-in-words.ts'
import { Bar } from './bar.tsx'
import { caretPlaceOf } from './caret-places.ts'
import { CustomerTypes } from './customer-types.tsx'
import { isSign, orEnter, useEnterSends } from './enter.tsx'
import { Files } from './files.tsx'
import { filesPasted } from './files-pasted.ts'
import { Forwarded } from './forwarded.tsx'
import { After, Holes } from './insert/before-sending.tsx'
import { useInsertion } from './insert/insertion.tsx'
import { Kinds } from './kinds.tsx'
import { LettersLeft } from './letters-left.tsx'
import { lettersLeft } from './limits.ts'
import { namedPasted } from './pasted-name.ts'
import { usePictures } from './pictures/use-pictures.ts'
import { PlainField } from './plain-field.tsx'
import { To } from './to.tsx'
import { useAddresses } from './use-addresses.ts'
import { useCalls } from './use-calls.ts'
import { emptyContent, type useDraft } from './use-draft.ts'
import { useDrop } from './use-drop.ts'
import { useFiles } from './use-files.ts'
import { useForward } from './use-forward.ts'
import { usePlaceholder } from './use-placeholder.ts'
import { useRich } from './use-rich.ts'
import { useSend, type Way } from './use-send.ts'
import { useTurns } from './use-turns.ts'
import { useTyping } from './use-typing.ts'
import { words } from './words.ts'
import type { WordsField, WordsProps } from './words-field.ts'

type DraftOf = ReturnType<typeof useDraft>

const nothingAttached: readonly Attachment[] = []

export function Editor({
  kind,
  onKind,
  drafts,
  selected,
  conversation,
  identity,
  inbox,
  channel,
  family,
}: {
  kind: DraftKind
  onKind: (kind: DraftKind) => void
  drafts: Record<DraftKind, DraftOf>
  selected: Selected
  conversation: Conversation
  identity: Identity | undefined
  inbox: Inbox | undefined
  channel: Channel | undefined
  family: ChannelFamily
}) {
  const say = useWords(words)
  const live = useSync()?.phase === 'live'
  const box = useRef<HTMLDivElement>(null)
  const field = useRef<WordsField>(null)
  const chooser = useRef<HTMLInputElement>(null)
  const draft = drafts[kind]
  const { content, latest, edit, reset, flush, hold } = draft
  const customer = ownerOf(selected.family, conversation)
  const send = useSend({
    customerId: selected.customerId,
    family,
    conversation,
    customer,
    identity,
    channel,
    live,
  })
  const attached = useCallback(
    (file: Attachment) => edit(({ attachments }) => ({ attachments: [...attachments, file] })),
    [edit],
  )
  const files = useFiles(channel?.limits, content?.attachments ?? nothingAttached, attached)
  const typing = useTyping(conversation.id)
  const customerTypes = useCustomerThere(conversation.id)?.typing === true && live
  const held = conversation.held.find(({ itemId }) => itemId === content?.heldItemId)
  const isNote = kind === 'note'
  const isForward = kind === 'forward'
  const passed = useForward(
    selected.customerId,
    drafts.forward.content?.forwards ?? null,
    conversation.subject,
    inbox,
  )
  const formatted = !isNote && (channel?.can.html ?? false)
  const { file, taken, standIn } = useRich(formatted, !content?.text && !content?.rich, box, field)
  const rich = formatted && taken ? file : undefined
  const [editor, setEditor] = useState<RichEditor | null>(null)
  const may = {
    copy: channel?.can.copy ?? family === 'email',
    files: isNote || (channel?.can.attachments ?? true),
    reply: channel?.can.reply !== false,
  }

  const pictures = usePictures(conversation.id, kind, draft, files, field)
  const takesPictures = formatted && may.files && channel?.can.pictures === true

  const addresses = useAddresses(kind, content, may.copy)

  const focus = useCallback((): void => {
    // Of a forward the first thing to say is to whom.
    const empty = box.current?.querySelector<HTMLElement>('[data-first="empty"]')
    if (empty) empty.focus()
    else field.current?.focus()
  }, [])
  useCalls(conversation.id, onKind, drafts, focus)
  useBackInWords(conversation.id, content !== null, box, focus)
  useKey('reply', may.reply ? () => callNow('reply') : null)
  useKey('note', () => callNow('note'))
  const callNow = (to: DraftKind): void => {
    // Drawn at once, so that the very next key is already text and no shortcut.
    flushSync(() => onKind(to))
    focus()
  }

  const together = useSharedDraft(conversation.id, drafts.reply, may.reply, () => callNow('reply'))

  const insertion = useInsertion({
    kind,
    conversation,
    customer,
    identity,
    inbox,
    family,
    field,
    edit,
    focus,
  })
  const [unfilled, setUnfilled] = useState<Way | null>(null)

  const go = async (way: Way, asItStands = false): Promise<void> => {
    if (!content || !turns.may(latest().text, way)) return
    if (files.going.length > 0) return send.setProblem(say('files-going'))
    if (addresses.open) return send.setProblem(say('address-unfinished', { field: say(addresses.open) }))
    if (isForward && !passed) return send.setProblem(say('forward-gone'))
    if (!isNote && !asItStands && holesIn(content.text).length > 0) {
      setUnfilled(way)
      return void field.current?.chooseHole()
    }
    setUnfilled(null)
    const { after } = content
    const keep = hold()
    turns.began(content.text)
    const went = isNote
      ? await send.note(content, mentionedIn(content.text, insertion.colleagues))
      : isForward && passed
        ? await (content.side ? send.aside : send.forward)(content, passed, way)
        : await send.reply(content, {
            ...way,
            andClose: way.andClose || after?.close === true,
            ...(after?.snooze ? { snooze: after.snooze } : {}),
          })
    // What was typed while it went is the beginning of the next.
    const rest = turns.ended(went !== false, latest().text)
    if (!went) {
      keep()
      return field.current?.focus()
    }
    reset()
    // Of a forward: to whom the next words go is still to be said.
    if (rest !== '') edit({ text: rest, rich: null, forwards: content.forwards })
    files.forgive()
    addresses.reset()
    typing(false)
    // Drawn before the focus is looked at: with its field it would go.
    if (isForward && rest === '') flushSync(() => onKind('reply'))
    if (went === 'away' && rest === '' && box.current) goOnFrom(conversation)
    else if (document.activeElement === document.body) field.current?.focus()
  }
  const turns = useTurns<Way>(way => void go(way))
  const enterSends = useEnterSends(family, kind)
  useKey('send', () => void go({ andClose: false }))
  useKey('send-close', () => void go({ andClose: kind === 'reply' }))
  useKey('attach', may.files ? () => chooser.current?.click() : null)
  useKey('leave-composer', focusThread)

  const discard = (): void => {
    const before = content
    reset()
    edit({ text: '', rich: null, attachments: [], heldItemId: null, forwards: null, side: null, after: null })
    flush()
    if (isForward) onKind('reply')
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
            onKind(kind)
          },
        },
      })
    // Out of the field: there Z is a letter.
    focusThread()
  }

  const drop = useDrop(
    may.files ? dropped => void files.add(dropped) : undefined,
    takesPictures ? dropped => void pictures.add(dropped) : undefined,
  )

  const name = customer?.name || identity?.name || identity?.address || ''
  const filled =
    content !== null &&
    (content.text.trim() !== '' || content.attachments.length > 0 || held !== undefined || isForward)
  const placeholder = usePlaceholder(kind, Boolean(content?.side), conversation, name)

  const unsaved = draft.unsaved && say('not-kept', { why: faultSentence(draft.unsaved) })
  const problem = send.problem ?? unsaved

  const wordsProps: WordsProps = {
    ...insertion.given,
    onKey: orEnter(enterSends, insertion.given.onKey, () => {
      if (isSign(content?.text ?? '')) send.setProblem(say('no-macro'))
      else if (filled) void go({ andClose: false })
    }),
    label: say(`${kind}-text`),
    placeholder,
    value: content ?? emptyContent,
    // A plain field would lose what formatting there is.
    readOnly: content === null || (formatted && !rich && content.rich !== null),
    pictures: takesPictures ? pictures.source : undefined,
    caretPlace: caretPlaceOf(conversation.id, kind),
    onChange: value => {
      send.setProblem(null)
      edit(before => ({ ...value, attachments: pictures.settled(before, value) }))
      typing(kind === 'reply')
    },
    onBlur: () => {
      insertion.onBlur()
      flush()
      typing(false)
    },
    onPaste: data => {
      const pasted = filesPasted(data)
      if (pasted.length === 0 || !may.files) return false
      void pictures.add(pasted.map(file => namedPasted(file, say('picture'), now())))
      return true
    },
  }

  return (
    <section
      className={`comp c-${isNote ? 'none' : family}`}
      data-keys="composer"
      aria-label={name ? say('label-to', { name }) : say('label')}
    >
      <span className={`tl-node ${isNote ? 'tl-node-square' : 'tl-node-solid'}`} aria-hidden="true">
        <Icon of={isNote ? Lock : channelDrawing(family)} size="xs" />
      </span>
      <AlsoWrites conversationId={conversation.id} begun={kind === 'reply' && filled} />
      <CustomerTypes who={customerTypes ? name : ''} />
      <div
        ref={box}
        className={`comp-box ${isNote ? 'comp-box-note' : ''} ${drop.over ? 'comp-over' : ''}`}
        {...drop.props}
      >
        {/* Elsewhere than in the answer it is the way there; one's own words are not the shared ones. */}
        {may.reply && (kind === 'reply' || (isNote && !together.here)) && <SharedStrip {...together} />}
        <Tabs.Root value={kind} onValueChange={value => onKind(value as DraftKind)}>
          <header className="comp-top">
            <Kinds
              family={family}
              channel={channel}
              mayReply={may.reply}
              forwards={Boolean(drafts.forward.content?.forwards)}
              beside={Boolean(drafts.forward.content?.side)}
            />
            <To
              kind={kind}
              selected={selected}
              conversation={conversation}
              identity={identity}
              byName={!may.copy}
              onAdd={addresses.addable}
            />
          </header>
          {isForward && content?.side && <SideHead side={content.side} onChange={side => edit({ side })} />}
          {content && <Addresses fields={addresses} content={content} onChange={edit} />}
          {held && kind === 'reply' && (
            <div className="comp-held">
              <Icon of={CircleAlert} size="s" />
              <span className="grow">{say('editing-held')}</span>
              <Button small kind="ghost" onClick={discard}>
                {say('stop-editing')}
              </Button>
            </div>
          )}
          <Tabs.Content value={kind} className="comp-body" tabIndex={-1}>
            {rich ? (
              <rich.RichField key={kind} ref={field} onEditor={setEditor} {...wordsProps} />
            ) : (
              <PlainField key={kind} ref={formatted ? standIn : field} {...wordsProps} />
            )}
            {!isNote && inbox?.signature.trim() && filled && (
              <p className="comp-signature" title={say('signature')}>
                {inbox.signature.trim()}
              </p>
            )}
            {isForward && passed && content?.side?.quote !== false && <Forwarded {...passed} />}
            {insertion.layer}
          </Tabs.Content>
        </Tabs.Root>
        {rich && editor && <rich.PictureBar editor={editor} />}
        <Files
          files={content?.attachments ?? nothingAttached}
          inWords={picturesIn(content?.rich)}
          limits={isNote ? undefined : channel?.limits}
          going={files.going}
          failed={files.failed}
          onRemove={file =>
            edit(({ attachments }) => ({ attachments: attachments.filter(each => each !== file) }))
          }
          onIntoWords={takesPictures ? file => void pictures.bring(file) : undefined}
        />
        <LettersLeft left={lettersLeft(content?.text ?? '', isNote ? undefined : channel?.limits)} />
        {kind === 'reply' && content?.after && (
          <After after={content.after} onChange={next => edit({ after: next })} />
        )}
        {unfilled && content && (
          <Holes
            text={content.text}
            onGo={() => field.current?.chooseHole()}
            onSend={() => void go(unfilled, true)}
          />
        )}
        {problem && (
          <p className="comp-problem" role="alert">
            <Icon of={CircleAlert} size="s" />
            {problem}
          </p>
        )}
        <Bar
          kind={kind}
          beside={content?.side != null}
          live={live}
          sending={send.sending}
          enterSends={enterSends}
          format={formatted && file && <file.FormatBar editor={rich ? editor : null} />}
          chooser={may.files ? chooser : null}
          onFiles={chosen => {
            void files.add(chosen)
            field.current?.focus()
          }}
          onShare={kind === 'reply' && !together.item ? together.go : null}
          onDiscard={filled && !held ? discard : null}
          onSend={andClose => void go({ andClose })}
          onLater={sendAt => void go({ andClose: false, sendAt })}
          zone={conversation.visit?.timeZone ?? ''}
          giveBack={focus}
        />
        {drop.over && (
          <div className={`comp-drop ${drop.over === 'pictures' ? 'comp-drop-beside' : ''}`}>
            {say(drop.over === 'pictures' ? 'drop-pictures' : 'drop-here')}
          </div>
        )}
      </div>
    </section>
  )
}
