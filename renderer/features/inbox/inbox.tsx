import { Search } from 'lucide-react'
import { useWords } from '../../app/i18n.ts'
import { toggle } from '../../store/view.ts'
import { Icon } from '../../ui/icon.tsx'
import { Keycap } from '../../ui/keycap.tsx'
import { CatchUp } from '../sync/catch-up.tsx'
import { ConversationList } from './conversation-list.tsx'
import './inbox.css'
import { ListHead } from './list-head.tsx'
import { Views } from './views.tsx'
import { ViewsDrawer } from './views-drawer.tsx'
import { words } from './words.ts'

/** The list column: search, views, and the conversations of the chosen one. */
export function Inbox() {
  const t = useWords(words)
  return (
    <>
      <ViewsDrawer
        search={
          <button type="button" className="inbox-search" onClick={() => toggle('searchOpen', true)}>
            <Icon of={Search} />
            <span className="grow trunc">{t('search')}</span>
            <Keycap of="search" />
          </button>
        }
      >
        <Views />
      </ViewsDrawer>
      <ListHead />
      <ConversationList />
      <CatchUp />
    </>
  )
}
