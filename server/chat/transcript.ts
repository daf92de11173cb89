/** A conversation as a letter: its visitor's words and those of who answered, in their language and by their clock. Pure. */
import type { RichText } from '#shared/model/rich-text.ts'
import { plainOf } from '#shared/rules/rich-text.ts'
import type { ThreadMessage } from '../channels/channel.ts'

export interface Transcript {
  subject: string
  text: string
  rich: RichText
}

export interface TranscriptFrame {
  /** What the company calls this chat. */
  name: string
  /** BCP 47 and IANA names; what is not one of them is English, and UTC. */
  locale: string
  timeZone: string
  /** Whether its reader asked for it; otherwise it was sent to them. */
  asked: boolean
}

const words = {
  en: {
    subject: (name: string) => `Your chat with ${name}`,
    begin: (day: string, zone: string) => `Your chat of ${day} (times in ${zone}):`,
    you: 'You',
    file: (name: string) => `[file: ${name}]`,
    earlier: 'Earlier messages are left out.',
    asked: 'You receive this because it was asked for in the chat. If it was not you, you need do nothing.',
    sent: (name: string) => `${name} sent you this copy of your chat.`,
  },
  zh: {
    subject: (name: string) => `您与${name}的对话记录`,
    begin: (day: string, zone: string) => `以下是您 ${day} 的对话记录（时间为 ${zone}）：`,
    you: '您',
    file: (name: string) => `[文件：${name}]`,
    earlier: '更早的消息未列出。',
    asked: '此邮件因有人在对话中要求发送而寄出。若非您本人操作，无需理会。',
    sent: (name: string) => `这份对话记录由${name}发给您。`,
  },
}

/** @param messages oldest first. @param whole false: there are earlier ones */
export function transcriptOf(
  messages: readonly ThreadMessage[],
  whole: boolean,
  { name, locale, timeZone, asked }: TranscriptFrame,
): Transcript {
  const language = /^zh\b/i.test(locale) ? 'zh' : 'en'
  const say = words[language]
  const zone = isZone(timeZone) ? timeZone : 'UTC'
  const format = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
    new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', { ...options, timeZone: zone })
  const dayOf = format({ dateStyle: 'long' })
  const timeOf = format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })

  const rich: RichText = []
  const line = (text: string, bold = false): void => {
    const span = bold ? { text, marks: ['bold' as const] } : { text }
    rich.push({ kind: 'paragraph', spans: text === '' ? [] : [span] })
  }
  let day = dayOf.format(messages[0]?.at ?? 0)
  line(say.begin(day, zone))
  if (!whole) line(say.earlier)
  for (const { at, direction, author, text, files } of messages) {
    line('')
    const today = dayOf.format(at)
    if (today !== day) {
      line(today)
      line('')
      day = today
    }
    line(`${timeOf.format(at)}  ${direction === 'in' ? say.you : author || name}`, true)
    if (text) for (const each of text.split('\n')) line(each)
    for (const file of files) line(say.file(file.name))
  }
  line('')
  line(asked ? say.asked : say.sent(name))
  return { subject: say.subject(name), text: plainOf(rich), rich }
}

function isZone(timeZone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }) !== undefined && timeZone !== ''
  } catch {
    return false
  }
}
