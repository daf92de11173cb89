import { Languages, Zap } from 'lucide-react'
import { useMemo } from 'react'
import { otherLanguage } from '#shared/rules/macro-match.ts'
import { mentionsIn } from '#shared/rules/mentions.ts'
import { holesIn } from '#shared/rules/variables.ts'
import { useWords } from '../../../app/i18n.ts'
import { useKey } from '../../../app/keys/use-key.ts'
import { Avatar } from '../../../ui/avatar.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { ItemWords } from '../../timeline/rich-words.tsx'
import type { MarkedWords, WordsProps } from '../words-field.ts'
import { doesAfter, doesAtOnce } from './does.ts'
import { InsertList } from './insert-list.tsx'
import type { Wanted } from './trigger.ts'
import { type ColleagueChoice, findColleagues, useColleagues } from './use-colleagues.ts'
import { useInsert } from './use-insert.ts'
import { type MacroChoice, type Place, useMacros } from './use-macros.ts'
import { words } from './words.ts'

type Given = Pick<WordsProps, 'list' | 'marks' | 'onKey' | 'onCaret'>

const inNotes: readonly Wanted[] = ['macro', 'mention']
const elsewhere: readonly Wanted[] = ['macro']

/**
 * What can be put into the words by a sign or a key: macros everywhere, colleagues in notes.
 * @returns what the field is given, and the list that lies over it
 */
export function useInsertion(place: Place & { focus: () => void }) {
  const say = useWords(words)
  const { kind, conversation, field } = place
  const macros = useMacros(place)
  const colleagues = useColleagues(conversation.inboxId)
  const find = (wanted: Wanted, query: string): (MacroChoice | ColleagueChoice)[] =>
    wanted === 'macro' ? macros.find(query) : findColleagues(colleagues, query, field)
  const insert = useInsert<MacroChoice | ColleagueChoice>(field, kind === 'note' ? inNotes : elsewhere, find)

  useKey('macros', () => {
    // The caret of a field that had the focus stays where it is.
    if (!field.current?.caret()) field.current?.focus()
    const caret = field.current?.caret()
    if (caret) insert.summon('macro', caret)
  })

  const marks = useMemo(
    () =>
      (text: string): MarkedWords[] => {
        const holes = holesIn(text).map(({ from, to }) => ({ from, to, kind: 'hole' as const }))
        const names =
          kind === 'note'
            ? mentionsIn(text, colleagues).map(({ from, to }) => ({ from, to, kind: 'name' as const }))
            : []
        return [...holes, ...names].sort((a, b) => a.from - b.from)
      },
    [kind, colleagues],
  )

  const ofMacros = insert.open?.wanted !== 'mention'
  const layer = (
    <InsertList
      insert={insert}
      label={say(ofMacros ? 'macros' : 'colleagues')}
      find={say(ofMacros ? 'macros-find' : 'colleagues-find')}
      none={say(ofMacros ? (macros.none ? 'macros-first' : 'macros-none') : 'colleagues-none')}
      row={choice =>
        'macro' in choice ? (
          <MacroRow choice={choice} other={otherLanguage(choice.macro, macros.use)} />
        ) : (
          <ColleagueRow choice={choice} />
        )
      }
      preview={
        ofMacros
          ? choice => 'macro' in choice && <MacroPreview choice={choice} of={macros} kind={kind} />
          : null
      }
      onLeave={() => field.current?.refocus()}
    />
  )
  const given: Given = { list: insert.list, marks, onKey: insert.onKey, onCaret: insert.onCaret }
  return { given, layer, colleagues, onBlur: insert.onBlur }
}

function MacroRow({ choice: { macro }, other }: { choice: MacroChoice; other: boolean }) {
  return (
    <>
      <span className="trunc grow text">{macro.name}</span>
      {other && (
        <span className="insert-language">
          <Icon of={Languages} size="xs" /> {macro.language.slice(0, 2)}
        </span>
      )}
      {macro.folder && <span className="insert-folder text">{macro.folder}</span>}
      {macro.shortcut && <span className="insert-shortcut">/{macro.shortcut}</span>}
    </>
  )
}

function ColleagueRow({ choice: { agent } }: { choice: ColleagueChoice }) {
  return (
    <>
      <Avatar name={agent.name} size="xs" beside />
      <span className="insert-name trunc text">{agent.name}</span>
      <span className="insert-address trunc meta faint">{agent.email}</span>
    </>
  )
}

/** What the macro would say here, and what else would happen. */
function MacroPreview({
  choice: { macro },
  of: { wordsOf, names },
  kind,
}: {
  choice: MacroChoice
  of: ReturnType<typeof useMacros>
  kind: Place['kind']
}) {
  const say = useWords(words)
  const { text, rich } = wordsOf(macro)
  const waits = text.trim() !== '' && kind === 'reply'
  const after = doesAfter(macro.actions, say).map(what => (waits ? say('when-sent', { what }) : what))
  const does = [...doesAtOnce(macro.actions, names, say), ...after]
  return (
    <>
      {text.trim() === '' ? (
        <p className="meta faint">{say('untitled')}</p>
      ) : (
        <ItemWords item={{ text, ...(rich ? { rich } : {}) }} className="insert-words" />
      )}
      {does.length > 0 && (
        <ul className="insert-does">
          {does.map(what => (
            <li key={what}>
              <Icon of={Zap} size="xs" />
              {what}
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
