import {
  CalendarClock,
  ChevronDown,
  Clock,
  Paperclip,
  Send,
  SendHorizontal,
  Trash2,
  UsersRound,
} from 'lucide-react'
import { type ReactNode, type RefObject, useState } from 'react'
import type { DraftKind } from '#shared/model/draft.ts'
import { useWords } from '../../app/i18n.ts'
import { useKey } from '../../app/keys/use-key.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Keycap } from '../../ui/keycap.tsx'
import { Menu, MenuItem } from '../../ui/menu.tsx'
import { LaterMenu } from '../team/later/later-menu.tsx'
import { words as laterWords } from '../team/later/words.ts'
import { words as sharedWords } from '../team/shared-draft/words.ts'
import { NewLine } from './enter.tsx'
import { words } from './words.ts'

/** The composer's foot: files, and the ways to send. Offline they are called what they are. */
export function Bar({
  kind,
  beside,
  live,
  sending,
  enterSends,
  format,
  chooser,
  onFiles,
  onShare,
  onDiscard,
  onSend,
  onLater,
  zone,
  giveBack,
}: {
  kind: DraftKind
  /** What is passed on is said beside the conversation. */
  beside: boolean
  live: boolean
  sending: boolean
  /** It is talk: Enter alone sends it. */
  enterSends: boolean
  /** The ways words can look, where they can. */
  format: ReactNode
  /** Null where the channel takes no files. */
  chooser: RefObject<HTMLInputElement | null> | null
  onFiles: (files: File[]) => void
  /** Null where nothing can be shared, or is shared already. */
  onShare: (() => void) | null
  /** Null while there is nothing to throw away. */
  onDiscard: (() => void) | null
  onSend: (andClose: boolean) => void
  onLater: (sendAt: number) => void
  /** Where the customer is, by IANA; empty: unknown. */
  zone: string
  giveBack: () => void
}) {
  const say = useWords(words)
  const sayLater = useWords(laterWords)
  const sayShared = useWords(sharedWords)
  const [choosing, setChoosing] = useState(false)
  useKey('send-later', kind === 'note' ? null : () => setChoosing(true))
  return (
    <footer className="comp-bar">
      {chooser && (
        <>
          <IconButton
            icon={Paperclip}
            label={say('attach')}
            shortcut="attach"
            onClick={() => chooser.current?.click()}
          />
          <input
            ref={chooser}
            type="file"
            multiple
            hidden
            onChange={event => {
              const chosen = [...(event.target.files ?? [])]
              event.target.value = ''
              onFiles(chosen)
            }}
          />
        </>
      )}
      {onShare && (
        <IconButton icon={UsersRound} label={sayShared('share')} shortcut="share-draft" onClick={onShare} />
      )}
      {onDiscard && <IconButton icon={Trash2} label={say('discard')} onClick={onDiscard} />}
      {format || (enterSends && onDiscard ? <NewLine /> : <span className="grow" />)}
      {kind !== 'note' && (
        <LaterMenu
          trigger={<IconButton icon={CalendarClock} label={sayLater('send-later')} shortcut="send-later" />}
          zone={zone}
          open={choosing}
          onOpenChange={setChoosing}
          onChoose={onLater}
          giveBack={giveBack}
        />
      )}
      {kind !== 'reply' ? (
        <Button small kind="ink" busy={sending} keycap={<Keycap of="send" />} onClick={() => onSend(false)}>
          {say(kind === 'note' ? 'add-note' : beside ? (live ? 'send' : 'queue') : 'forward')}
        </Button>
      ) : (
        <>
          <Button
            small
            kind="ghost"
            className="comp-send-close"
            busy={sending}
            keycap={<Keycap of="send-close" />}
            onClick={() => onSend(true)}
          >
            {say(live ? 'send-close' : 'queue-close')}
          </Button>
          <span className="split">
            <Button
              small
              kind="ink"
              {...(live ? {} : { icon: Clock })}
              busy={sending}
              keycap={enterSends ? <Keycap chord="Enter" /> : <Keycap of="send" />}
              onClick={() => onSend(false)}
            >
              {say(live ? 'send' : 'queue')}
            </Button>
            <Menu
              align="end"
              side="top"
              label={say('ways-to-send')}
              trigger={
                <Button small kind="ink" aria-label={say('ways-to-send')}>
                  <Icon of={ChevronDown} size="s" />
                </Button>
              }
            >
              <MenuItem icon={live ? Send : Clock} shortcut="send" onSelect={() => onSend(false)}>
                {say(live ? 'send' : 'queue')}
              </MenuItem>
              <MenuItem icon={SendHorizontal} shortcut="send-close" onSelect={() => onSend(true)}>
                {say(live ? 'send-close' : 'queue-close')}
              </MenuItem>
              <MenuItem icon={CalendarClock} shortcut="send-later" onSelect={() => setChoosing(true)}>
                {sayLater('send-later')}
              </MenuItem>
            </Menu>
          </span>
        </>
      )}
    </footer>
  )
}
