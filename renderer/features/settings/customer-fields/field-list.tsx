import { ChevronDown, ChevronUp } from 'lucide-react'
import { type KeyboardEvent, useRef } from 'react'
import type { Attribute } from '#shared/model/attribute.ts'
import { labelOf } from '#shared/model/customer-field.ts'
import { type Say, useLanguage, useWords } from '../../../app/i18n.ts'
import { act } from '../../../store/core.ts'
import { Icon } from '../../../ui/icon.tsx'
import { IconButton } from '../../../ui/icon-button.tsx'
import { drawings } from './field-kinds.ts'
import { words } from './words.ts'

/** The fields in the order the panel shows them; those that are archived below. */
export function FieldList({
  workspaceId,
  attributes,
  onOpen,
}: {
  workspaceId: string
  attributes: readonly Attribute[]
  onOpen: (id: string) => void
}) {
  const t = useWords(words)
  const language = useLanguage()
  const list = useRef<HTMLUListElement>(null)
  const shown = attributes.filter(({ archived }) => !archived)
  const archived = attributes.filter(each => each.archived)

  /** One place up (-1) or down (1), past what is shown; the focus goes along. */
  const move = async (id: string, by: -1 | 1): Promise<void> => {
    const at = shown.findIndex(attribute => attribute.id === id)
    const before = by === -1 ? shown[at - 1] : shown[at + 2]
    if (by === -1 ? at === 0 : at === shown.length - 1) return
    if (await act('attribute.move', { workspaceId, id, before: before?.id ?? null }))
      requestAnimationFrame(() => list.current?.querySelector<HTMLElement>(`[data-id="${id}"]`)?.focus())
  }
  const key = (event: KeyboardEvent, id: string): void => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key] as -1 | 1 | undefined
    if (!step) return
    event.preventDefault()
    if (event.altKey) return void move(id, step)
    const rows = [...(list.current?.querySelectorAll<HTMLElement>('.cf-row') ?? [])]
    rows[rows.findIndex(row => row.dataset.id === id) + step]?.focus()
  }
  return (
    <>
      <ul ref={list} className="cf-list">
        {shown.map((attribute, index) => {
          const label = labelOf(attribute, language)
          return (
            <li key={attribute.id} className="cf-line">
              <Row attribute={attribute} onOpen={onOpen} onKeyDown={event => key(event, attribute.id)} />
              <IconButton
                icon={ChevronUp}
                size="s"
                label={t('up', { field: label })}
                disabled={index === 0}
                onClick={() => void move(attribute.id, -1)}
              />
              <IconButton
                icon={ChevronDown}
                size="s"
                label={t('down', { field: label })}
                disabled={index === shown.length - 1}
                onClick={() => void move(attribute.id, 1)}
              />
            </li>
          )
        })}
      </ul>
      {shown.length > 1 && <p className="meta faint">{t('order-hint')}</p>}
      {archived.length > 0 && (
        <section className="cf-archived">
          <h3 className="meta faint">{t('archived')}</h3>
          <ul className="cf-list">
            {archived.map(attribute => (
              <li key={attribute.id} className="cf-line">
                <Row attribute={attribute} onOpen={onOpen} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}

function Row({
  attribute,
  onOpen,
  onKeyDown,
}: {
  attribute: Attribute
  onOpen: (id: string) => void
  onKeyDown?: (event: KeyboardEvent) => void
}) {
  const t = useWords(words)
  const language = useLanguage()
  const label = labelOf(attribute, language)
  const other = language === 'en' ? attribute.label.zh : attribute.label.en
  return (
    <button
      type="button"
      className="cf-row"
      data-id={attribute.id}
      onClick={() => onOpen(attribute.id)}
      onKeyDown={onKeyDown}
    >
      <Icon of={drawings[attribute.kind]} size="s" />
      <span className="cf-name trunc">{label}</span>
      <span className="trunc faint">{other === label ? '' : other}</span>
      <span className="trunc faint cf-about">{aboutText(attribute, t)}</span>
    </button>
  )
}

/** What may stand in it, in a few words. */
function aboutText({ kind, options, min, max }: Attribute, t: Say<typeof words>): string {
  const name = t(`kind-${kind}`)
  const more =
    kind === 'choice'
      ? t('option-count', { count: (options ?? []).filter(({ archived }) => !archived).length })
      : typeof min === 'number' && typeof max === 'number'
        ? t('between', { min, max })
        : typeof min === 'number'
          ? t('at-least', { min })
          : typeof max === 'number'
            ? t('at-most', { max })
            : ''
  return more ? `${name} · ${more}` : name
}
