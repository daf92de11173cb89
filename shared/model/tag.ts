import { z } from 'zod'
import { Id } from './base.ts'

export const Tag = z.object({ id: Id, name: z.string().trim().min(1).max(60) })
export type Tag = z.infer<typeof Tag>
