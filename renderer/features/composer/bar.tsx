import { ChevronDown, Clock, Paperclip, Send, SendHorizontal, Trash2 } from 'lucide-react'
import type { ReactNode, RefObject } from 'react'
import type { DraftKind } from '#shared/model/draft.ts'
import { useWords } from '../../app/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Keycap } from '../../ui/keycap.tsx'
import { Menu, MenuItem } from '../../ui/menu.tsx'
import { words } from './words.ts'

/** The composer's foot: files, and the ways to send. Offline they are called what they are. */
export function Bar({
  kind,
  live,
  sending,
  format,
  chooser,
  onFiles,
  onDiscard,
  onSend,
}: {
  kind: DraftKind
  live: boolean
  sending: boolean
  /** The ways words can look, where they can. */
  format: ReactNode
  /** Null where the channel takes no files. */
  chooser: RefObject<HTMLInputElement | null> | null
  onFiles: (files: File[]) => void
  /** Null while there is nothing to throw away. */
  onDiscard: (() => void) | null
  onSend: (andClose: boolean) => void
}) {
  const say = useWords(words)
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
      {onDiscard && <IconButton icon={Trash2} label={say('discard')} onClick={onDiscard} />}
      {format || <span className="grow" />}
      {kind !== 'reply' ? (
        <Button small kind="ink" busy={sending} keycap={<Keycap of="send" />} onClick={() => onSend(false)}>
          {say(kind === 'note' ? 'add-note' : 'forward')}
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
              keycap={<Keycap of="send" />}
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
            </Menu>
          </span>
        </>
      )}
    </footer>
  )
}
