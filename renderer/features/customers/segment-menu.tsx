import { Ellipsis, PencilLine, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { Segment } from '#shared/model/segment.ts'
import { useWords } from '../../app/i18n.ts'
import { useMayWrite } from '../../store/may-write.ts'
import { Icon } from '../../ui/icon.tsx'
import { Menu, MenuItem } from '../../ui/menu.tsx'
import { deleteSegment, SaveSegment } from './save-segment.tsx'
import { words } from './words.ts'

/** What can be done to the segment that is shown, by whoever may. */
export function SegmentMenu({ segment }: { segment: Segment }) {
  const t = useWords(words)
  const [renaming, setRenaming] = useState(false)
  if (!useMayWrite()(segment)) return null
  return (
    <>
      <Menu
        label={segment.name}
        trigger={
          <button
            type="button"
            className="icon-button"
            aria-label={t('segment-menu', { name: segment.name })}
          >
            <Icon of={Ellipsis} size="s" />
          </button>
        }
      >
        <MenuItem icon={PencilLine} onSelect={() => setRenaming(true)}>
          {t('rename')}
        </MenuItem>
        <MenuItem icon={Trash2} danger onSelect={() => void deleteSegment(segment)}>
          {t('delete')}
        </MenuItem>
      </Menu>
      {renaming && <SaveSegment where={segment.where} segment={segment} onClose={() => setRenaming(false)} />}
    </>
  )
}
