// What is done to every conversation that is chosen: asked of the core, and taken back as one.
import { uuidv7 } from 'uuidv7'
import type { RequestResult } from '#shared/ipc/contract.ts'
import type { ConversationChange, SomeConversations } from '#shared/ipc/many.ts'
import { say } from '../../app/i18n.ts'
import { request } from '../../store/core.ts'
import { goOn } from '../../store/many.ts'
import { toast } from '../../store/toasts.ts'
import { unchoose, useChosen } from './chosen.ts'
import { words } from './words.ts'

type Changed = RequestResult<'conversationsChange'>

/** @param name the change in words, such as `Resolved` */
export async function changeMany(
  of: SomeConversations['of'],
  change: ConversationChange,
  name: string,
): Promise<void> {
  const attempt = uuidv7()
  const { all, ids } = useChosen.getState().chosen
  const result = await goOn(name, attempt, 'conversationsChange', () =>
    request('conversationsChange', { attempt, who: { of, all, ids: [...ids] }, change }),
  )
  if (!result) return
  unchoose()
  if (result.changed + result.left === 0) return void toast(say(words, 'changed-none', { name }))
  const text = told('changed', result, name)
  // Some of them were so before, and are not to be otherwise now.
  if (change.kind === 'read' || change.kind === 'unread') return void toast(text)
  toast(text, {
    action: { label: say(words, 'undo'), run: () => void takeBack(attempt, name), shortcut: 'undo' },
  })
}

async function takeBack(attempt: string, name: string): Promise<void> {
  const result = await goOn(say(words, 'taking-back', { name }), attempt, 'conversationsChange', () =>
    request('conversationsUndo', { attempt }),
  )
  if (result) toast(told('taken-back', result, name))
}

const told = (key: 'changed' | 'taken-back', { changed, left }: Changed, name: string): string => {
  const text = say(words, key, { count: changed, name })
  return left > 0 ? `${text} ${say(words, 'left-out', { count: left })}` : text
}
