import { wordsOf } from '../../../app/words-of.ts'

export const words = wordsOf(
  'side',
  {
    side: 'Aside',
    write: 'Write to them; the customer sees nothing of it',
    subject: 'Subject',
    quote: 'Pass the mail on below',
    'goes-on': 'Goes on beside the conversation: {{subject}}',
    with_one: 'Beside this, with {{who}}',
    with_other: 'Beside this, with {{who}} · {{count}} letters',
    hint: 'The customer sees nothing of it.',
    open: 'Open the letter of {{who}}',
    answer: 'Answer {{who}}',
  },
  {
    side: '内部协商',
    write: '写给对方，客户看不到',
    subject: '主题',
    quote: '附上这封邮件',
    'goes-on': '继续内部协商：{{subject}}',
    with_other: '与{{who}}的内部协商 · {{count}} 封',
    hint: '客户看不到这些内容。',
    open: '展开{{who}}的邮件',
    answer: '回复{{who}}',
  },
)
