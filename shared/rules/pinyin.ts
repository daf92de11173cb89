import { syllables } from './pinyin-syllables.ts'
import { normalise } from './segment-text.ts'

/** Characters that are read differently as a family's name. */
const families: Readonly<Record<string, string>> = {
  单: 'shan',
  曾: 'zeng',
  查: 'zha',
  解: 'xie',
  仇: 'qiu',
  区: 'ou',
  朴: 'piao',
  盖: 'ge',
  乐: 'yue',
  翟: 'zhai',
  员: 'yun',
  冼: 'xian',
  尉迟: 'yu chi',
  万俟: 'mo qi',
}

let readings: Map<string, string> | undefined

function reading(char: string): string | undefined {
  if (!readings) {
    readings = new Map()
    for (const line of syllables.split('\n')) {
      const syllable = /^[a-z]*/.exec(line)![0]
      for (const each of line.slice(syllable.length)) readings.set(each, syllable)
    }
  }
  return readings.get(char)
}

const han = /\p{Script=Han}/u
const hanRun = /\p{Script=Han}+/gu

/** The syllables of a run of Chinese characters; one that is not known stands for itself. */
const syllablesOf = (run: string): string[] => [...run].map(char => reading(char) ?? char)

/** The same for a name: its beginning is a family's name. */
function syllablesOfName(run: string): string[] {
  const family = Object.keys(families).find(each => run.startsWith(each) && run.length > each.length)
  return family
    ? [...families[family]!.split(' '), ...syllablesOf(run.slice(family.length))]
    : syllablesOf(run)
}

/**
 * What a name with Chinese characters is typed as without an input method: `赵明轩` gives `zhaomingxuan mingxuan xuan zmx mx`, from every
 * character on, in full and by initials. Empty for names without any. A family's name is found by either of its readings; ü is `v` or `u`.
 */
export function typedForms(name: string): string {
  if (!han.test(name)) return ''
  const forms = new Set<string>()
  for (const [run] of name.normalize('NFKC').matchAll(hanRun))
    for (const read of [syllablesOf(run), syllablesOfName(run)])
      for (let from = 0; from < read.length; from += 1) {
        const rest = read.slice(from)
        const whole = rest.join('')
        forms.add(whole)
        if (whole.includes('v')) forms.add(whole.replaceAll('v', 'u'))
        if (rest.length > 1) forms.add(rest.map(syllable => [...syllable][0]).join(''))
      }
  return [...forms].join(' ')
}

/** Names in the order of these are in the order of an address book: Chinese ones by their reading, among the others. */
export const sortKey = (name: string): string => {
  const plain = normalise(name).trim()
  if (!han.test(plain)) return plain
  const read = plain.replace(hanRun, run => syllablesOfName(run).join(' '))
  return `${read} ${plain}`
}
