/** Sentences with natural word frequencies: real questions in English, manual pages in Chinese. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { cacheFolder } from './cache.ts'

export interface Corpus {
  english: string[]
  chinese: string[]
  /** Where the Chinese came from, for the report. */
  source: string
}

export function loadCorpus(): Corpus {
  const { sentences, source } = chinese()
  return { english: english(), chinese: sentences, source }
}

/** The first column of the CSV; quoted where it holds a comma. */
function english(): string[] {
  const lines = readFileSync(new URL('corpus/banking77-train.csv', import.meta.url), 'utf8').split('\n')
  const sentences: string[] = []
  for (const line of lines.slice(1)) {
    const field = line.startsWith('"')
      ? line.slice(1, line.lastIndexOf('"'))
      : line.slice(0, line.lastIndexOf(','))
    const sentence = field.replaceAll('""', '"').trim()
    if (sentence.length > 8) sentences.push(sentence)
  }
  return sentences
}

function chinese(): { sentences: string[]; source: string } {
  const kept = join(cacheFolder('corpus'), 'chinese.json')
  if (existsSync(kept))
    return { sentences: JSON.parse(readFileSync(kept, 'utf8')) as string[], source: 'manpages-zh' }
  try {
    const sentences = fromManuals()
    writeFileSync(kept, JSON.stringify(sentences))
    return { sentences, source: 'manpages-zh' }
  } catch {
    return {
      sentences: ownSentences,
      source: 'own sentences (manpages-zh could not be fetched: word frequencies are not natural)',
    }
  }
}

function fromManuals(): string[] {
  const folder = join(cacheFolder('corpus'), 'manpages-zh')
  if (!existsSync(folder)) {
    const download = cacheFolder('corpus', 'download')
    execFileSync('apt-get', ['download', 'manpages-zh'], { cwd: download, stdio: 'ignore' })
    const archive = readdirSync(download).find(
      name => name.startsWith('manpages-zh') && name.endsWith('.deb'),
    )
    mkdirSync(folder, { recursive: true })
    execFileSync('dpkg-deb', ['-x', join(download, archive ?? ''), folder])
  }
  const root = join(folder, 'usr/share/man/zh_CN')
  const sentences: string[] = []
  for (const section of readdirSync(root).sort()) {
    for (const page of readdirSync(join(root, section)).sort()) {
      if (!page.endsWith('.gz')) continue
      try {
        sentences.push(...sentencesOf(gunzipSync(readFileSync(join(root, section, page))).toString('utf8')))
      } catch {
        // A link to a page that is not in this package.
      }
    }
  }
  return sentences
}

/** Running text of a manual page: no requests, no font changes, mostly Chinese. */
function sentencesOf(page: string): string[] {
  const sentences: string[] = []
  for (const line of page.split('\n')) {
    if (/^[.'](?!B |I |BR |IR )/.test(line)) continue
    const text = line
      .replace(/^[.'][A-Z]+ /, '')
      .replace(/\\f[A-Z]|\\[&|]|\\s[-+]?\d/g, '')
      .replace(/\\-/g, '-')
      .replace(/\\./g, ' ')
      .trim()
    const han = text.match(/\p{sc=Han}/gu)?.length ?? 0
    if (han < 6 || han < text.length * 0.5) continue
    sentences.push(text.slice(0, 160))
  }
  return sentences
}

const subjects = [
  '我的订单',
  '上周寄来的包裹',
  '这台咖啡机',
  '你们的客服',
  '退款申请',
  '发票抬头',
  '会员积分',
  '新买的手机',
]
const happenings = [
  '一直没有收到',
  '显示已经签收',
  '屏幕上有划痕',
  '还没有人回复',
  '被系统自动取消了',
  '金额不对',
  '找不到了',
  '和页面上说的不一样',
]
const wishes = [
  '请尽快处理。',
  '能不能换一个？',
  '我想退货。',
  '麻烦查一下物流。',
  '什么时候可以解决？',
  '谢谢！',
  '急，今天就要用。',
]
const ownSentences = subjects.flatMap(subject =>
  happenings.flatMap(happening => wishes.map(wish => `${subject}${happening}，${wish}`)),
)
