import {
  AlarmClock,
  CheckCheck,
  CircleCheck,
  Flag,
  MailOpen,
  RotateCcw,
  Tag,
  UserRoundPlus,
  X,
} from 'lucide-react'
import { type ReactNode, useState } from 'react'
import type { ConversationChange } from '#shared/ipc/many.ts'
import { Priority } from '#shared/model/conversation.ts'
import { useWords } from '../../app/i18n.ts'
import type { KeyId } from '../../app/keys/table.ts'
import { useKey } from '../../app/keys/use-key.ts'
import { chosenOf } from '../../store/chosen.ts'
import { useAgents } from '../../store/directory.ts'
import { useMany } from '../../store/many.ts'
import { useMyId } from '../../store/states.ts'
import { ChosenBar, GoingBar } from '../../ui/chosen-bar.tsx'
import { IconButton, type IconButtonProps } from '../../ui/icon-button.tsx'
import { inOrder, numberText } from '../../ui/numbers.ts'
import { Options } from '../../ui/options.tsx'
import { Popover } from '../../ui/popover.tsx'
import { moment } from '../../ui/time.ts'
import { SnoozeTimes } from '../customer/snooze-menu.tsx'
import { TagPicker } from '../customer/tags.tsx'
import { chooseAll, unchoose, useChosen } from './chosen.ts'
import type { Listed } from './listed.ts'
import { changeMany } from './many.ts'
import { words } from './words.ts'

/** Over the list's foot: what can be done to the chosen. While there are some, the keys of one conversation mean all of them. */
export function ChosenConversations({ listed, count }: { listed: Listed; count: number }) {
  const t = useWords(words)
  const chosen = useChosen(state => state.chosen)
  const going = useMany(many => many.going)
  const number = chosenOf(chosen, count)
  if (going) return <GoingBar {...going} />
  if (number <= 0) return null
  const change = (to: ConversationChange, name: string): void => void changeMany(listed.of, to, name)
  const closed = !listed.saved && listed.view === 'closed'
  return (
    <ChosenBar label={t('for-chosen')} said={numberText(number)}>
      <Assign onChange={change} />
      {closed ? (
        <Once
          icon={RotateCcw}
          id="close"
          label={t('reopen')}
          run={() => change({ kind: 'reopen' }, t('did-reopen'))}
        />
      ) : (
        <Once
          icon={CircleCheck}
          id="close"
          label={t('resolve')}
          run={() => change({ kind: 'close' }, t('did-resolve'))}
        />
      )}
      <Asked icon={AlarmClock} id="snooze" label={t('snooze')}>
        {close => (
          <SnoozeTimes
            onChoose={until => {
              close()
              change({ kind: 'snooze', until }, t('did-snooze', { time: moment(until) }))
            }}
          />
        )}
      </Asked>
      <Asked icon={Tag} id="tag" label={t('tag')}>
        {close => (
          <TagPicker
            label={t('tag')}
            held={[]}
            onChoose={({ id, name }) => {
              close()
              change({ kind: 'tag', tagId: id }, t('did-tag', { name }))
            }}
          />
        )}
      </Asked>
      <Asked icon={Flag} id="priority" label={t('priority')}>
        {close => (
          <Options
            label={t('priority')}
            options={Priority.options.map(value => ({ value, label: t(`priority-${value}`) }))}
            onChoose={value => {
              close()
              const priority = value as Priority
              change(
                { kind: 'prioritise', priority },
                t('did-prioritise', { name: t(`priority-${priority}`) }),
              )
            }}
          />
        )}
      </Asked>
      <Once
        icon={MailOpen}
        id="mark-read"
        label={t('mark-read')}
        run={() => change({ kind: 'read' }, t('did-read'))}
      />
      <ByKey id="mark-unread" run={() => change({ kind: 'unread' }, t('did-unread'))} />
      {!chosen.all && (
        <IconButton
          icon={CheckCheck}
          size="s"
          label={t('choose-all', { count })}
          shortcut="list-choose-all"
          onClick={chooseAll}
        />
      )}
      <IconButton icon={X} size="s" label={t('unchoose')} shortcut="list-leave" onClick={unchoose} />
    </ChosenBar>
  )
}

type Look = Pick<IconButtonProps, 'icon' | 'label'> & { id: KeyId }

function Once({ icon, label, id, run }: Look & { run: () => void }) {
  useKey(id, run, true)
  return <IconButton icon={icon} size="s" label={label} shortcut={id} onClick={run} />
}

/** Done too seldom to take room from the others. */
function ByKey({ id, run }: { id: KeyId; run: () => void }) {
  useKey(id, run, true)
  return null
}

function Asked({ icon, label, id, children }: Look & { children: (close: () => void) => ReactNode }) {
  const [open, setOpen] = useState(false)
  useKey(id, () => setOpen(true), true)
  return (
    <Popover
      label={label}
      side="top"
      open={open}
      onOpenChange={setOpen}
      trigger={<IconButton icon={icon} size="s" label={label} shortcut={id} />}
    >
      {open && children(() => setOpen(false))}
    </Popover>
  )
}

const nobody = ''

function Assign({ onChange }: { onChange: (to: ConversationChange, name: string) => void }) {
  const t = useWords(words)
  const me = useMyId()
  const agents = useAgents()
  const give = (agentId: string | null): void => {
    const name = agentId === null ? '' : (agents.get(agentId)?.name ?? '')
    onChange({ kind: 'assign', agentId }, agentId === null ? t('did-unassign') : t('did-assign', { name }))
  }
  useKey('claim', () => give(me), true)
  const active = [...agents.values()]
    .filter(agent => agent.active)
    .sort((a, b) => Number(b.id === me) - Number(a.id === me) || inOrder(a.name, b.name))
  return (
    <Asked icon={UserRoundPlus} id="assign" label={t('assign')}>
      {close => (
        <Options
          label={t('assign')}
          options={[
            ...active.map(({ id, name, email }) => ({ value: id, label: name, also: [email] })),
            { value: nobody, label: t('nobody') },
          ]}
          onChoose={id => {
            close()
            give(id === nobody ? null : id)
          }}
        />
      )}
    </Asked>
  )
}
