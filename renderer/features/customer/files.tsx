import { CornerDownLeft } from 'lucide-react'
import { useState } from 'react'
import type { Customer } from '#shared/model/customer.ts'
import type { CustomerFile } from '#shared/queries/index.ts'
import { useWords } from '../../app/i18n.ts'
import { useLive } from '../../store/live.ts'
import { useMyId } from '../../store/states.ts'
import { open } from '../../store/view.ts'
import { useNow } from '../../ui/clock.ts'
import { Icon } from '../../ui/icon.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { sizeText } from '../../ui/size.ts'
import { shortTime } from '../../ui/time.ts'
import { drawingOf, useSaving } from '../timeline/attachments.tsx'
import { useAgents } from './names.ts'
import { PanelPart } from './part.tsx'
import { words } from './profile.words.ts'

const FEW = 5
const MANY = 200

/** What was exchanged as files, over every channel, the newest first. Nothing where there are none. */
export function Files({ customer }: { customer: Customer }) {
  const tell = useWords(words)
  const [most, setMost] = useState(FEW)
  // One more says whether there are more.
  const { rows } = useLive('customerFiles', { customerId: customer.id, limit: most + 1 }, { keep: true })
  if (rows.length === 0) return null
  const more = rows.length > most
  return (
    <PanelPart id="files" title={tell('files')} {...(more ? {} : { aside: rows.length })}>
      <ul>
        {rows.slice(0, most).map(row => (
          <FileLine key={row.key} row={row} customer={customer} />
        ))}
      </ul>
      {more && most === FEW && (
        <button type="button" className="panel-add" onClick={() => setMost(MANY)}>
          {tell('files-all')}
        </button>
      )}
    </PanelPart>
  )
}

function FileLine({ row, customer }: { row: CustomerFile; customer: Customer }) {
  const tell = useWords(words)
  const now = useNow()
  const { file, itemId, conversationId, at } = row
  const { getting, name, save } = useSaving(file, itemId)
  const size = sizeText(file.size)
  const who = useAuthor(row, customer)
  return (
    <li className="panel-file">
      <button type="button" aria-busy={getting || undefined} title={name} onClick={save}>
        <Icon of={drawingOf(file)} size="s" />
        <span className="sr">{tell('file-save')} </span>
        <span className="trunc">{name}</span>
        <span className="meta faint trunc num">
          {[size, who, shortTime(at, now)].filter(Boolean).join(' · ')}
        </span>
      </button>
      <IconButton
        icon={CornerDownLeft}
        size="s"
        label={tell('file-at', { name })}
        onClick={() => open({ customerId: customer.id, conversationId, itemId })}
      />
    </li>
  )
}

function useAuthor({ author }: CustomerFile, customer: Customer): string {
  const tell = useWords(words)
  const agents = useAgents()
  const me = useMyId()
  if (author.kind === 'customer') return customer.name
  if (author.kind !== 'agent') return ''
  return author.agentId === me ? tell('yourself') : (agents.get(author.agentId)?.name ?? tell('somebody'))
}
