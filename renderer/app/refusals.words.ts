import { wordsOf } from './words-of.ts'

/** Why the hub, or this desk, did not take a change. */
export const words = wordsOf(
  'refusals',
  {
    'not-found': 'It is not there any more, or not for you.',
    exists: 'It was there already.',
    taken: '{{name}} has it.',
    'taken-unknown': 'Somebody else has it.',
    forbidden: 'Your role does not allow it.',
    invalid: 'The hub did not understand it.',
    changed: '{{name}} changed it meanwhile, and theirs stands.',
    'changed-unknown': 'It was changed meanwhile, and that stands.',
    'wrong-value': 'The value does not fit the field any more.',
    'not-possible': 'It had changed meanwhile.',
    'mail-has-no-recipient': 'It had no recipient.',
    erased: 'The customer was erased. What was being written to them is gone, too.',
    'unknown-mutation': 'This hub is too old for it.',
    internal: 'The hub could not carry it out.',
  },
  {
    'not-found': '内容已不存在，或您无权查看。',
    exists: '内容已经存在。',
    taken: '已由{{name}}负责。',
    'taken-unknown': '已由他人负责。',
    forbidden: '您的角色无权执行。',
    invalid: '中枢无法识别。',
    changed: '{{name}}其间已修改，以其内容为准。',
    'changed-unknown': '其间已被修改，以现有内容为准。',
    'wrong-value': '该值已不符合字段要求。',
    'not-possible': '其间情况已变。',
    'mail-has-no-recipient': '没有收件人。',
    erased: '该客户已被删除，正在写给对方的内容也一并删除。',
    'unknown-mutation': '中枢版本过旧，不支持此操作。',
    internal: '中枢未能执行。',
  },
)
