/** Text split where the repetition of earlier messages begins: `own + quoted` is the text, but for blank lines between. */
export type Split = { own: string; quoted: string }

const WHOLE = (text: string): Split => ({ own: text, quoted: '' })

/**
 * Divides a mail's text into the writer's own words and what the mail client repeated below. Where it is in doubt (answers
 * between the quoted lines, an answer below them, nothing but a quotation) everything counts as own words: a fold too few
 * costs a glance, a fold too many hides what the customer said.
 */
export function splitQuoted(text: string): Split {
  const lines = text.split('\n')
  const at = quotationStart(lines)
  if (at === null) return WHOLE(text)
  const own = lines.slice(0, at).join('\n').trimEnd()
  // A line of dashes or underscores above the quotation belongs to it.
  return own.trim() === '' ? WHOLE(text) : { own, quoted: lines.slice(at).join('\n').trim() }
}

/** Where the last line of each sort stands; -1: nowhere. Asked again and again, so counted once. */
type Lasts = { quoted: number; unquoted: number }

function lastsOf(lines: string[]): Lasts {
  return {
    quoted: lines.findLastIndex(line => line.startsWith('>')),
    unquoted: lines.findLastIndex(line => line.trim() !== '' && !line.startsWith('>')),
  }
}

function quotationStart(lines: string[]): number | null {
  const lasts = lastsOf(lines)
  for (let i = 0; i < lines.length; i++) {
    const line = clip(lines[i]!)
    if (line.trim() === '') continue
    // What follows was passed on to be read, not repeated.
    if (FORWARDED.test(line)) return null
    if (isBanner(line) || isHeaderBlock(lines, i)) return withRule(lines, i)
    const attribution = attributionLength(lines, i)
    if (attribution > 0 && onlyQuoted(lasts, i + attribution)) return i
    if (line.startsWith('>') && lasts.unquoted < i) return i
  }
  return null
}

/** "-----Original Message-----", "------------------ 原始邮件 ------------------", "---- 回复的原邮件 ----". */
const BANNER =
  /^\s*[-—_*=]{2,}\s*(original message|original appointment|reply message|ursprüngliche nachricht|message d'origine|mensaje original|messaggio originale|原始邮件|原始郵件|原邮件|原郵件|回复的原邮件|回复的邮件|回覆的郵件|来信内容|原始信件)\s*[-—_*=]{2,}\s*$/i

const FORWARDED =
  /^\s*([-—_*=]{2,}\s*(forwarded (message|by)|转发邮件|转发的邮件|转发邮件信息|轉寄郵件|轉寄的郵件|weitergeleitete nachricht|message transféré)|begin forwarded message\s*:|开始转发的邮件\s*[:：]|以下是转发的邮件\s*[:：])/i

function isBanner(line: string): boolean {
  return BANNER.test(line)
}

const FROM = /^\s*\**\s*(from|发件人|發件人|寄件者|寄件人|von|de|da|van)\s*\**\s*[:：]\s*\**\s*\S/i
const OTHER =
  /^\s*\**\s*(sent|date|to|cc|subject|reply-to|发送时间|發送時間|发送日期|日期|时间|時間|收件人|收件者|抄送|副本|主题|主題|主旨|寄件日期|gesendet|an|betreff|envoyé|à|objet|enviado|para|asunto)\s*\**\s*[:：]/i

/** The small header that Outlook, Foxmail and others put above the message they repeat. */
function isHeaderBlock(lines: string[], at: number): boolean {
  if (!FROM.test(clip(lines[at]!))) return false
  let others = 0
  for (let i = at + 1; i < lines.length && i < at + 8; i++) {
    const line = clip(lines[i]!)
    if (OTHER.test(line)) others++
    else if (line.trim() !== '' && others > 0) break
  }
  return others >= 2
}

function withRule(lines: string[], at: number): number {
  let start = at
  while (start > 0 && lines[start - 1]!.trim() === '') start--
  return start > 0 && /^\s*[-—_=]{5,}\s*$/.test(clip(lines[start - 1]!)) ? start - 1 : at
}

const WROTE_FIRST = /^\s*(on|at|le|am|el|il|em|op|den|d\.)\b.*\d/i
const WROTE_LAST =
  /(wrote(?: on .{0,60})?|writes|a écrit|schrieb.{0,60}|escribió|ha scritto|escreveu|schreef.{0,60}|skrev)\s*[:：]\s*$/i
const WROTE_CHINESE = /^.*(写道|寫道|写到|寫到)\s*[:：]\s*$/
const WHEN = /\d{2,4}\s*[年/.-]\s*\d{1,2}|\d{1,2}:\d{2}|<[^>\s]+@[^>\s]+>/

/** How many lines an attribution ("On … wrote:", "在 … 写道：") takes that begins here; 0: none does. */
function attributionLength(lines: string[], at: number): number {
  const first = clip(lines[at]!)
  if (first.startsWith('>')) return 0
  let joined = ''
  for (let count = 1; count <= 3 && at + count <= lines.length; count++) {
    const line = clip(lines[at + count - 1]!)
    if (line.trim() === '') return 0
    joined += (count > 1 ? ' ' : '') + line.trim()
    if (WROTE_FIRST.test(first) && WROTE_LAST.test(joined)) return count
    if (WROTE_CHINESE.test(joined) && WHEN.test(joined)) return count
    if (count === 1 && WROTE_LAST.test(joined) && (WHEN.test(joined) || quotedNext(lines, at + 1))) return 1
  }
  return 0
}

function quotedNext(lines: string[], from: number): boolean {
  const next = lines.slice(from, from + 3).find(line => line.trim() !== '')
  return next?.startsWith('>') ?? false
}

/** After an attribution: a quotation marked by `>` must reach to the end; one without any mark does by custom. */
function onlyQuoted(lasts: Lasts, from: number): boolean {
  const marked = lasts.quoted >= from
  const unmarked = lasts.unquoted >= from
  return marked !== unmarked
}

function clip(line: string): string {
  return line.length > 400 ? line.slice(0, 400) : line
}
