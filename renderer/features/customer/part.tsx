import { ChevronRight } from 'lucide-react'
import { type ReactNode, useId } from 'react'
import { useWords } from '../../app/i18n.ts'
import { prefer } from '../../store/core.ts'
import { statesNow, usePreferences } from '../../store/states.ts'
import { Icon } from '../../ui/icon.tsx'
import { words } from './profile.words.ts'

type PartId =
  | 'identities'
  | 'details'
  | 'consents'
  | 'tags'
  | 'note'
  | 'files'
  | 'conversations'
  | 'visit'
  | 'satisfaction'
  | `c:${string}`

function fold(part: PartId, folded: boolean): Promise<void> {
  const others = (statesNow().preferences?.foldedParts ?? []).filter(each => each !== part)
  return prefer({ foldedParts: folded ? [...others, part] : others })
}

/** A part of the panel under its title, which folds it; the desk remembers what was folded, for every customer. */
export function PanelPart({
  id,
  title,
  aside,
  children,
}: {
  id: PartId
  title: string
  /** At the end of the title's line; stays when folded. */
  aside?: ReactNode
  children: ReactNode
}) {
  const tell = useWords(words)
  const body = useId()
  const folded = usePreferences()?.foldedParts?.includes(id) ?? false
  return (
    <section className="panel-part" data-folded={folded || undefined}>
      <h2>
        <button
          type="button"
          className="panel-fold"
          aria-expanded={!folded}
          aria-controls={body}
          title={tell(folded ? 'unfold-part' : 'fold-part', { part: title })}
          onClick={() => void fold(id, !folded)}
        >
          <span className="trunc">{title}</span>
          <Icon of={ChevronRight} size="xs" />
        </button>
        {aside !== undefined && <span className="panel-aside num">{aside}</span>}
      </h2>
      <div id={body} hidden={folded}>
        {!folded && children}
      </div>
    </section>
  )
}
