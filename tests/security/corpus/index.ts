import { addresses } from './addresses.ts'
import { apps } from './apps.ts'
import type { Group } from './group.ts'
import { loads } from './loads.ts'
import { scripts } from './scripts.ts'
import { styles } from './styles.ts'
import { trees } from './trees.ts'

export const groups: Group[] = [...scripts, ...addresses, ...loads, ...styles, ...trees, ...apps]

export interface Vector {
  /** From 1; stands in what it runs and asks for. */
  number: number
  group: string
  html: string
}

/** Every vector once, each with its number where it says what it runs and whom it asks. */
export const vectors: Vector[] = [
  ...new Map(groups.flatMap(({ name, vectors }) => vectors.map(html => [html, name] as const))),
].map(([html, group], at) => ({ number: at + 1, group, html: numbered(html, at + 1) }))

export function numbered(html: string, number: number): string {
  return html.replaceAll('alert(1)', `alert(${number})`).replaceAll('evil.example', `v${number}.evil.example`)
}
