import { Columns3 } from 'lucide-react'
import { useState } from 'react'
import { useWords } from '../../app/i18n.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { Options } from '../../ui/options.tsx'
import { Popover } from '../../ui/popover.tsx'
import { toggleColumn, useColumns } from './columns.tsx'
import { words } from './words.ts'

/** Which columns the list has; this desk remembers. */
export function ColumnMenu() {
  const t = useWords(words)
  const [open, setOpen] = useState(false)
  const { all, chosen } = useColumns()
  return (
    <Popover
      label={t('columns')}
      open={open}
      onOpenChange={setOpen}
      trigger={<IconButton icon={Columns3} label={t('columns')} />}
    >
      <Options
        label={t('columns')}
        find={t('find-field')}
        none={t('no-field')}
        options={all.map(({ id, label }) => ({ value: id, label: label() }))}
        chosen={chosen.map(({ id }) => id)}
        onChoose={id => void toggleColumn(all, chosen, id)}
      />
    </Popover>
  )
}
