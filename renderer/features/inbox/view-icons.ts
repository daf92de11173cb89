import {
  AlarmClock,
  AtSign,
  CircleCheck,
  Hourglass,
  Inbox,
  Layers,
  type LucideIcon,
  ShieldAlert,
  User,
} from 'lucide-react'
import type { View } from '#shared/queries/index.ts'

/** The signs of the views that everybody has. */
export const viewIcons: Record<View, LucideIcon> = {
  mine: User,
  unassigned: Inbox,
  open: Layers,
  waiting: Hourglass,
  snoozed: AlarmClock,
  closed: CircleCheck,
  held: ShieldAlert,
  mentioned: AtSign,
}
