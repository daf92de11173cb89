import type { SyncState } from '#shared/ipc/states.ts'
import type { FaultKind } from '#shared/protocol/fault.ts'
import type { OutboxEntry } from '#shared/queries/index.ts'
import { say } from '../../app/i18n.ts'
import { partText } from '../../ui/size.ts'
import { changeName } from './change-name.ts'
import { words } from './words.ts'

const blockers: Partial<Record<FaultKind, Parameters<typeof say<typeof words>>[1]>> = {
  'hub-busy': 'for-busy',
  'session-expired': 'for-sign-in',
  'device-revoked': 'for-sign-in',
  'agent-inactive': 'for-account',
  'desk-too-old': 'for-desk',
  'hub-too-old': 'for-hub-update',
  'disk-full': 'for-disk',
}

/**
 * What a change waits for, in a sentence's beginning: never only that it waits (S29).
 * @param sync why nothing moves at all, while nothing does
 * @param others what else waits, to name the one it waits behind
 */
export function waitText(
  { waitsFor, upload, behind }: OutboxEntry,
  sync: Pick<SyncState, 'offlineSince' | 'fault'> | null,
  others: readonly OutboxEntry[],
): string {
  const stopped =
    sync && sync.offlineSince !== null ? (blockers[sync.fault?.kind ?? 'internal'] ?? 'for-network') : null
  if (waitsFor === 'earlier') {
    const other = others.find(({ id }) => id === behind)
    return other
      ? say(words, 'for-earlier-one', { what: changeName(other.name, other.customerName) })
      : say(words, 'for-earlier')
  }
  if (waitsFor === 'attachment' && upload) {
    const [sent, size] = partText(upload.sent, upload.size)
    const part =
      upload.files > 1
        ? say(words, 'files', { count: upload.files, sent, size })
        : say(words, 'file', { name: upload.name, sent, size })
    return stopped
      ? say(words, 'for-and-file', { why: say(words, stopped), part })
      : upload.files > 1
        ? say(words, 'for-files', { part })
        : say(words, 'for-file', { part })
  }
  return say(words, stopped ?? (waitsFor === 'network' ? 'for-network' : 'for-hub'))
}
