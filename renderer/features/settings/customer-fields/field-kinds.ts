import { Calendar, CircleDot, Hash, Link2, type LucideIcon, Type } from 'lucide-react'
import type { AttributeKind } from '#shared/model/attribute.ts'

export const drawings: Record<AttributeKind, LucideIcon> = {
  text: Type,
  number: Hash,
  date: Calendar,
  choice: CircleDot,
  link: Link2,
}
