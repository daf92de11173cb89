import type { Item } from '#shared/model/item.ts'
import { useWords } from '../../../app/i18n.ts'
import { useKey } from '../../../app/keys/use-key.ts'
import { useLive } from '../../../store/live.ts'
import { faultToast, toast } from '../../../store/toasts.ts'
import type { useDraft } from '../../composer/use-draft.ts'
import { useAgents } from '../../customer/names.ts'
import { words } from './words.ts'

export interface SharedDraft {
  /** The item that it is; undefined: none is shared, or it is not known yet. */
  item: Item | undefined
  /** What is written here is what colleagues read. */
  here: boolean
  /** Shares what is written, or takes over what is shared; null: neither can be done. */
  go: (() => void) | null
  stop: () => void
}

/**
 * What can be done with the answer that the inbox writes together, from the desk's own draft of it.
 * @param may whether the conversation can be answered at all
 * @param focus goes to the words of the answer
 */
export function useSharedDraft(
  conversationId: string,
  draft: ReturnType<typeof useDraft>,
  may: boolean,
  focus: () => void,
): SharedDraft {
  const say = useWords(words)
  const agents = useAgents()
  const {
    rows: [item],
    loading,
  } = useLive('sharedDraft', { conversationId })
  const { content } = draft
  const here = content?.shared != null && item?.draft?.pen === content.shared.pen

  const share = async (): Promise<void> => {
    if (content && content.text.trim() === '' && content.attachments.length === 0)
      return void toast(say('nothing-yet'))
    const result = await draft.share()
    if (!result.ok) return void faultToast(result.fault)
    // The button that was pressed is gone.
    focus()
  }
  const take = async (from: Item, pen: string): Promise<void> => {
    const result = await draft.take({ itemId: from.id, pen })
    if (!result.ok) return void faultToast(result.fault)
    const name = from.draft && agents.get(from.draft.writerId)?.name
    if (name) toast(say('taken', { name }))
    focus()
  }
  const go = (): void => void (item?.draft ? take(item, item.draft.pen) : share())
  const stop = async (): Promise<void> => {
    const result = await draft.unshare()
    if (!result.ok) return void faultToast(result.fault)
    toast(say('no-longer'))
    focus()
  }
  const busy = content === null || loading || content.heldItemId !== null
  const shared: SharedDraft = { item, here, go: busy || here ? null : go, stop: () => void stop() }
  const press = (): void => {
    // What is shared, or said to be nothing yet, is the answer.
    focus()
    if (here) shared.stop()
    else shared.go?.()
  }
  useKey('share-draft', may ? press : null)
  return shared
}
