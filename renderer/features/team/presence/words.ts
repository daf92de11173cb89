import { wordsOf } from '../../../app/words-of.ts'

export const words = wordsOf(
  'presence',
  {
    here: 'Also here: {{who}}',
    looks: '{{name}} looks at this',
    writes: '{{name}} writes an answer',
    'writes-too': '{{name}} is writing an answer to this as well. Whoever sends second is held.',
    'is-writing': '{{name}} is writing an answer to this.',
  },
  {
    here: '同时在看：{{who}}',
    looks: '{{name}}正在查看',
    writes: '{{name}}正在写回复',
    'writes-too': '{{name}}也在写回复。后发送的一方将等待复核。',
    'is-writing': '{{name}}正在写回复。',
  },
)
