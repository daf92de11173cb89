import { Forward, Lock, MessagesSquare } from 'lucide-react'
import { Tabs } from 'radix-ui'
import type { Channel, ChannelFamily } from '#shared/model/channel.ts'
import { useLanguage, useWords } from '../../app/i18n.ts'
import { channelDrawing } from '../../ui/channel-icon.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Keycap } from '../../ui/keycap.tsx'
import { words as sideWords } from '../team/side/words.ts'
import { words } from './words.ts'

/** What is being written. A forward is there while one is begun. */
export function Kinds({
  family,
  channel,
  mayReply,
  forwards,
  beside,
}: {
  family: ChannelFamily
  channel: Channel | undefined
  mayReply: boolean
  forwards: boolean
  /** What is passed on is said beside the conversation. */
  beside: boolean
}) {
  const say = useWords(words)
  const saySide = useWords(sideWords)
  const language = useLanguage()
  const name = channel ? channel.label[language === 'en' ? 'en' : 'zh'] : say('reply')
  const noWayOut = say('no-way-out', { channel: name })
  return (
    <>
      <Tabs.List className="comp-tabs" aria-label={say('kinds')}>
        {mayReply && (
          <Tabs.Trigger className={`comp-tab c-${family}`} value="reply" title={say('reply')}>
            <Icon of={channelDrawing(family)} size="s" />
            {name}
            <Keycap of="reply" />
          </Tabs.Trigger>
        )}
        <Tabs.Trigger className="comp-tab comp-tab-note" value="note">
          <Icon of={Lock} size="s" />
          {say('note')}
          <Keycap of="note" />
        </Tabs.Trigger>
        {forwards && (
          <Tabs.Trigger className={`comp-tab c-${family}`} value="forward">
            <Icon of={beside ? MessagesSquare : Forward} size="s" />
            {beside ? saySide('side') : say('forward')}
          </Tabs.Trigger>
        )}
      </Tabs.List>
      {!mayReply && (
        <span className="meta faint trunc" title={noWayOut}>
          {noWayOut}
        </span>
      )}
    </>
  )
}
