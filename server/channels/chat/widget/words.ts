/** What the widget says, in the page's language. */
const en = {
  open: 'Open chat',
  close: 'Close chat',
  unread: (count: number) => (count === 1 ? '1 new message' : `${count} new messages`),
  here: 'We are here',
  away: 'Nobody is here right now',
  awayForm: 'Leave a message. It joins this conversation, and the answer will stand here when you come back.',
  offline: 'No connection. What you write is kept and sent as soon as it is back.',
  messages: 'Messages',
  write: 'Write a message',
  writeAway: 'Your message',
  send: 'Send',
  sendAway: 'Leave message',
  name: 'Your name',
  email: 'Your e-mail',
  optional: 'optional',
  needName: 'Please tell us your name.',
  needEmail: 'Please give an e-mail address like name@example.com.',
  needText: 'Write something first.',
  tooLong: (count: number) => `This is ${count} letters too long.`,
  typing: (who: string) => (who ? `${who} is typing` : 'Somebody is typing'),
  you: 'You',
  waiting: 'Waiting to be sent',
  sent: 'Sent',
  read: 'Read',
  refused: 'Not sent',
  retry: 'Try again',
  discard: 'Discard',
  hide: 'Hide this',
  as: (name: string) => (name ? `Signed in as ${name}` : 'Signed in'),
  barred: {
    'bad-token': 'Your sign-in on this site has run out. Reload the page to go on; what you wrote is kept.',
    outdated: 'This chat has been renewed. Reload the page to go on; what you wrote is kept.',
    'no-inbox': 'This chat is closed.',
    'not-allowed': 'This chat is not open on this site.',
    'not-understood': 'This chat has been renewed. Reload the page to go on; what you wrote is kept.',
  },
}

const zh: typeof en = {
  open: '打开在线咨询',
  close: '关闭在线咨询',
  unread: count => `${count} 条新消息`,
  here: '我们在线',
  away: '现在没有人在线',
  awayForm: '请留言。留言会进入这段对话，您下次回来时可在这里看到回复。',
  offline: '网络已断开。您写的内容已保留，恢复后立即发送。',
  messages: '消息',
  write: '输入消息',
  writeAway: '您的留言',
  send: '发送',
  sendAway: '提交留言',
  name: '您的称呼',
  email: '您的邮箱',
  optional: '选填',
  needName: '请填写您的称呼。',
  needEmail: '请填写邮箱地址，例如 name@example.com。',
  needText: '请先写点内容。',
  tooLong: count => `超出 ${count} 个字。`,
  typing: who => (who ? `${who} 正在输入` : '对方正在输入'),
  you: '您',
  waiting: '等待发送',
  sent: '已发送',
  read: '已读',
  refused: '没有发送',
  retry: '重试',
  discard: '放弃',
  hide: '不再显示',
  as: name => (name ? `已登录：${name}` : '已登录'),
  barred: {
    'bad-token': '您在本站的登录已过期。请刷新页面后继续，您写的内容已保留。',
    outdated: '在线咨询已更新。请刷新页面后继续，您写的内容已保留。',
    'no-inbox': '在线咨询已关闭。',
    'not-allowed': '本站未开通在线咨询。',
    'not-understood': '在线咨询已更新。请刷新页面后继续，您写的内容已保留。',
  },
}

export type Words = typeof en
export type Language = 'en' | 'zh'
export const wordsIn = (language: Language): Words => (language === 'zh' ? zh : en)

/** By the page's own language first: it is what the visitor reads. */
export function languageOf(wanted: string | null): Language {
  const word = wanted || document.documentElement.lang || navigator.language || 'en'
  return /^zh\b/i.test(word) ? 'zh' : 'en'
}
