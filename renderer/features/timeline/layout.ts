import type { ThreadRow } from './thread.ts'

/** Pixels a row will about need, before it is measured: the nearer, the steadier the scroll bar. */
export function estimate(row: ThreadRow | undefined): number {
  if (!row) return 40
  switch (row.kind) {
    case 'day':
      return 28
    case 'fresh':
      return 30
    case 'begin':
      return 28
    case 'older':
    case 'earlier':
      return 48
    case 'item':
      return itemHeight(row)
  }
}

const LETTERS_A_LINE = 88
const MOST_LINES = 42

function itemHeight({ item, hasHtml, spine, subject, leads }: Extract<ThreadRow, { kind: 'item' }>): number {
  if (item.kind === 'event') return 24
  const lines = textLines(item.text)
  const splice = spine.splice ? 17 : 0
  const files = item.attachments.length > 0 || item.quoted || hasHtml ? 36 : 0
  if (item.kind === 'note') return 54 + lines * 18 + files + splice
  if (spine.colour === 'chat' || spine.colour === 'social')
    return (leads ? 40 : 14) + lines * 18 + 14 + files + splice
  return 60 + (subject ? 22 : 0) + lines * 20 + files + splice
}

/** Lines of a text, as wide as the column; wide signs count twice. */
function textLines(text: string): number {
  let lines = 0
  for (const line of text.slice(0, 6000).split('\n')) {
    let width = 0
    for (const sign of line) width += sign > '\u2e7f' ? 2 : 1
    lines += Math.max(1, Math.ceil(width / LETTERS_A_LINE))
    if (lines >= MOST_LINES) return MOST_LINES
  }
  return lines
}

/** Items wanted are mostly near the end. */
export const lastIndexOf = (rows: readonly ThreadRow[], key: string): number =>
  rows.findLastIndex(row => row.key === key)
