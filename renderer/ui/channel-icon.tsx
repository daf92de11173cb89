import { Mail, MessageCircle, MessagesSquare, Phone } from 'lucide-react'
import type { ChannelFamily } from '#shared/model/channel.ts'
import './channel-icon.css'
import { Icon } from './icon.tsx'

const drawings = { email: Mail, chat: MessageCircle, phone: Phone, social: MessagesSquare } as const

/** A channel's sign in its family's colour. `label` is read out; leave it out where the name stands beside. */
export function ChannelIcon({
  family,
  label,
  size = 's',
}: {
  family: ChannelFamily
  label?: string
  size?: 'xs' | 's' | 'm'
}) {
  return (
    <span
      className={`channel-icon c-${family}`}
      {...(label ? { role: 'img', 'aria-label': label, title: label } : {})}
    >
      <Icon of={drawings[family]} size={size} />
    </span>
  )
}

/** The drawing alone, for places that set the colour themselves. */
export const channelDrawing = (family: ChannelFamily) => drawings[family]
