import clsx from 'clsx'
import './avatar.css'

/** Family names of two characters that are common enough to be met. */
const compound = new Set([
  '欧阳',
  '司马',
  '诸葛',
  '上官',
  '司徒',
  '东方',
  '独孤',
  '南宫',
  '夏侯',
  '皇甫',
  '尉迟',
  '公孙',
  '慕容',
  '令狐',
  '端木',
  '宇文',
  '长孙',
])
const han = /^\p{Script=Han}/u

/**
 * What an avatar shows of a name: the family name of a Chinese one, otherwise the first letters of its first and last word;
 * of an address its first letter.
 */
export function initials(name: string): string {
  const words = name
    .trim()
    .split(/[\s·]+/u)
    .filter(Boolean)
  const first = words[0]
  if (!first) return '?'
  if (han.test(first))
    return compound.has([...first].slice(0, 2).join('')) && [...first].length > 2
      ? first.slice(0, 2)
      : [...first][0]!
  const last = words.length > 1 ? words.at(-1)! : ''
  const letter = (word: string): string =>
    [...word].find(sign => /[\p{L}\p{N}]/u.test(sign))?.toUpperCase() ?? ''
  return letter(first) + letter(last) || '?'
}

/** A person without a picture. The name is its label unless it stands beside it (`beside`). */
export function Avatar({
  name,
  size = 'm',
  beside,
}: {
  name: string
  /** 20, 24, 32, 40 or 56 pixels. */
  size?: 'xs' | 's' | 'm' | 'l' | 'xl'
  beside?: boolean
}) {
  const label = beside ? { 'aria-hidden': true as const } : { role: 'img', 'aria-label': name, title: name }
  return (
    // The letters are drawn, not written: they are not a name to be read out or found.
    <span className={clsx('avatar', `avatar-${size}`)} data-initials={initials(name)} {...label} />
  )
}
