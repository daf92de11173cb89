// The shell's own words: menus, tray and dialogs belong to the system, not to the page, so they are not in the renderer's i18n.

import type { Fault } from '#shared/protocol/fault.ts'
import type { AlertKind } from '#shared/rules/attention.ts'

const en = {
  file: 'File',
  edit: 'Edit',
  view: 'View',
  window: 'Window',
  show: 'Show Skein',
  quit: 'Quit Skein',
  locale: 'en',
  wait: (count: number) => (count === 1 ? 'Skein: 1 customer waits' : `Skein: ${count} customers wait`),
  noneWaits: 'Skein: nobody waits',
  muted: 'Sounds are off',
  quiet: 'Quiet hours',
  muteHour: 'Sounds off for an hour',
  unmute: 'Sounds on',
  signedIn: 'Signed in',
  signedOut: 'Signed out',
  kinds: {
    new: 'A new customer wrote',
    queue: 'A customer wrote again',
    mine: 'A customer of yours wrote',
    assigned: 'Assigned to you',
    aside: 'An answer to an aside or a forward',
    mention: 'You are mentioned',
    failed: 'Not sent',
    held: 'Held for a look',
  } as Record<AlertKind, string>,
  colon: (what: string, words: string) => (words ? `${what}: ${words}` : what),
  replyHere: 'Answer',
  snoozeHour: 'In an hour',
  snoozeTomorrow: 'Tomorrow, 9:00',
  notSent: 'Not sent. Your words are kept as a draft.',
  notSnoozed: 'Not snoozed. Open it and try again.',
  manyWrote: (count: number) => (count === 1 ? '1 customer wrote' : `${count} customers wrote`),
  longestSince: (time: string) => `The longest waits since ${time}`,
  cut: 'Cut',
  copy: 'Copy',
  paste: 'Paste',
  pastePlain: 'Paste as plain text',
  selectAll: 'Select all',
  noSuggestions: 'No suggestions',
  updateReady: 'A new version is ready. It is installed when you quit.',
  crashing: 'The window keeps crashing. Drafts and the outbox are safe.',
  openAgain: 'Open again',
  coreFails: 'The desk cannot open its data. Nothing has been deleted.',
  coreBusy: 'Another desk has this data open. Close it, then try again.',
  diskFull: 'The disk is full. Make room, then try again. Nothing has been deleted.',
  tryAgain: 'Try again',
  keychainAway: 'The keychain that holds your key is not available. Unlock or start it, then try again.',
  choosePassphrase: 'Choose a passphrase',
  choosePassphraseWhy:
    'This system has no keychain, so a passphrase protects the conversations kept on this machine. At least 10 characters.',
  enterPassphrase: 'Enter your passphrase',
  enterPassphraseWhy: 'It opens the conversations kept on this machine.',
  passphrase: 'Passphrase',
  open: 'Open',
  wrongPassphrase: 'That is not the passphrase. Nothing has been changed.',
  shortPassphrase: 'Use at least 10 characters.',
}

export type Words = typeof en

const zh: Words = {
  file: '文件',
  edit: '编辑',
  view: '视图',
  window: '窗口',
  show: '显示一线',
  quit: '退出一线',
  locale: 'zh-CN',
  wait: count => `一线：${count} 位客户在等`,
  noneWaits: '一线：没有人在等',
  muted: '已静音',
  quiet: '免打扰时段',
  muteHour: '静音一小时',
  unmute: '恢复声音',
  signedIn: '已登录',
  signedOut: '未登录',
  kinds: {
    new: '新客户消息',
    queue: '客户又发来消息',
    mine: '您的客户发来消息',
    assigned: '分配给您',
    aside: '内部协商或转发有答复',
    mention: '有人提到您',
    failed: '未发出',
    held: '待您复核',
  },
  colon: (what, words) => (words ? `${what}：${words}` : what),
  replyHere: '回复',
  snoozeHour: '一小时后',
  snoozeTomorrow: '明天 9:00',
  notSent: '未能发出，文字已存为草稿。',
  notSnoozed: '未能稍后提醒，请打开后重试。',
  manyWrote: count => `${count} 位客户发来消息`,
  longestSince: time => `最久的从 ${time} 等到现在`,
  cut: '剪切',
  copy: '复制',
  paste: '粘贴',
  pastePlain: '粘贴为纯文本',
  selectAll: '全选',
  noSuggestions: '没有建议',
  updateReady: '新版本已就绪，退出时安装。',
  crashing: '窗口反复崩溃。草稿与待发内容都已保存。',
  openAgain: '重新打开',
  coreFails: '无法打开本机数据。没有删除任何内容。',
  coreBusy: '另一个一线正在使用这些数据。请先关闭它，然后重试。',
  diskFull: '磁盘已满。请腾出空间后重试。没有删除任何内容。',
  tryAgain: '重试',
  keychainAway: '保存密钥的钥匙串暂不可用。请解锁或启动它，然后重试。',
  choosePassphrase: '设置口令',
  choosePassphraseWhy: '本系统没有钥匙串，需要用口令保护存放在本机的会话。至少 10 个字符。',
  enterPassphrase: '输入口令',
  enterPassphraseWhy: '用来打开存放在本机的会话。',
  passphrase: '口令',
  open: '打开',
  wrongPassphrase: '口令不正确。没有改动任何内容。',
  shortPassphrase: '请至少使用 10 个字符。',
}

export type Locale = 'en' | 'zh-CN'

/** @param tag the system's language tag, such as `zh-Hans-CN` or `de` */
export const localeOf = (tag: string): Locale => (tag.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en')

export const wordsFor = (locale: Locale): Words => (locale === 'zh-CN' ? zh : en)

/** Why the core did not start, in a sentence; undefined stands for a death without a word. */
export const sentenceFor = (fault: Fault | undefined, words: Words): string => {
  if (fault?.kind === 'profile-in-use') return words.coreBusy
  if (fault?.kind === 'disk-full') return words.diskFull
  return words.coreFails
}
