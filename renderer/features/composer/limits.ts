import type { Channel } from '#shared/model/channel.ts'

type Limits = Channel['limits']

/** When a tenth is left one is told how much room there is. */
const NEAR = 10
/** Of a long limit nobody wants to hear about the last tenth. */
const LEAST_ROOM = 500

/**
 * What there is room for, in the units that channels count by: UTF-16, as JavaScript, SQLite's `length` of most letters and the networks' own
 * interfaces do. An emoji is two of them or more.
 * @returns null while there is plenty; negative: too many
 */
export function lettersLeft(text: string, limits: Pick<Limits, 'textCharacters'> | undefined): number | null {
  if (!limits) return null
  const left = limits.textCharacters - text.length
  const near = Math.min(limits.textCharacters / NEAR, LEAST_ROOM)
  return left <= near ? left : null
}

/** Bytes of files that go with a message. A channel's limit is for all of them together. */
export const bytesOf = (files: readonly { size: number }[]): number =>
  files.reduce((sum, { size }) => sum + size, 0)

/** Whether it is worth saying how large all files are together. */
export const filesAreMany = (
  files: readonly { size: number }[],
  limits: Pick<Limits, 'attachmentBytes' | 'attachments'> | undefined,
): boolean =>
  limits !== undefined &&
  files.length > 0 &&
  (bytesOf(files) > limits.attachmentBytes / 2 || files.length > limits.attachments / 2)
