import { ArrowLeft } from 'lucide-react'
import { popOutHere } from '../bridge.ts'
import { useOneColumn } from '../store/one-column.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { focusList } from './columns.ts'
import { useWords } from './i18n.ts'
import { perform } from './keys/use-key.ts'
import { words } from './words.ts'

/** The way from what is open back to the list that is behind it, where there is room for one column. */
export function ToList({ to }: { to: 'list' | 'segments' }) {
  const t = useWords(words)
  if (!useOneColumn() || popOutHere()) return null
  return (
    <IconButton
      icon={ArrowLeft}
      label={t(to === 'list' ? 'to-list' : 'to-segments')}
      {...(to === 'list' ? { shortcut: 'to-list' as const } : {})}
      onClick={to === 'list' ? () => perform('to-list') : focusList}
    />
  )
}
