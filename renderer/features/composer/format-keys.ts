import type { KeyId } from '../../app/keys/table.ts'

/** The ways words can look, by their actions. */
export const formatKeys = [
  'bold',
  'italic',
  'underline',
  'strike',
  'bullets',
  'numbers',
  'quote',
  'code',
] as const satisfies readonly KeyId[]
