import { wordsOf } from '../../app/words-of.ts'

export const words = wordsOf(
  'transcript',
  {
    start: 'Send this chat by mail',
    lead: 'The customer gets what both have said, with names and times, in their language. Notes are not in it; files are named.',
    to: 'To',
    typed: 'Typed into the chat by the visitor; not checked',
    wrong: 'This is not a mail address. It looks like name@example.com.',
    send: 'Send',
    queue: 'Queue to send',
    cancel: 'Cancel',
    sent: 'The chat goes to {{address}}',
    'event-sent': '{{who}} sent this chat to {{address}} by mail',
  },
  {
    start: '用邮件发送对话记录',
    lead: '客户会收到双方的全部对话，附姓名和时间，使用客户的语言。不含备注，文件只列出名称。',
    to: '收件人',
    typed: '访客在对话中填写，未经核实',
    wrong: '这不是邮箱地址。例如 name@example.com。',
    send: '发送',
    queue: '排队发送',
    cancel: '取消',
    sent: '对话记录将发往 {{address}}',
    'event-sent': '{{who}}把对话记录发给了 {{address}}',
  },
)
