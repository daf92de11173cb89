// What conversations can be asked, in words.
import { Priority } from '#shared/model/conversation.ts'
import type { ConditionField } from '#shared/rules/conditions.ts'
import {
  type ConversationField,
  conversationFields,
  me,
  statuses,
} from '#shared/rules/conversation-fields.ts'
import { languageNow, say } from '../../app/i18n.ts'
import { rowsNow } from '../../store/live.ts'
import type { Option } from '../../ui/options.tsx'
import type { Vocabulary } from '../conditions/vocabulary.ts'
import { words } from './words.ts'

const fields: readonly ConditionField[] = Object.entries(conversationFields).map(([id, kind]) => ({
  id,
  kind,
}))

const named = ({ id, name }: { id: string; name: string }): Option => ({ value: id, label: name })

function optionsOf({ id }: ConditionField): Option[] | null {
  switch (id as ConversationField) {
    case 'status':
      return statuses.map(value => ({ value, label: say(words, `status-${value}`) }))
    case 'priority':
      return Priority.options.map(value => ({ value, label: say(words, `priority-${value}`) }))
    case 'assignee':
    case 'pen':
      return [{ value: me, label: say(words, 'whoever-looks') }, ...rowsNow('agents', {}).map(named)]
    case 'inbox':
      return rowsNow('inboxes', {}).map(named)
    case 'tag':
      return rowsNow('tags', {}).map(named)
    case 'channel':
      return rowsNow('channels', {}).map(({ id: value, label }) => ({
        value,
        label: languageNow() === 'en' ? label.en : label.zh,
      }))
    default:
      return null
  }
}

export const conversationVocabulary: Vocabulary = {
  fields,
  fieldName: ({ id }) => say(words, `field-${id as ConversationField}`),
  optionsOf,
}
