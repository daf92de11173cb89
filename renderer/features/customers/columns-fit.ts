/** Between columns, at both ends, and the box in front. Pixels; the tokens of table.css. */
const GAP = 12
const ENDS = 64

/** What is given up last stands first; fields of the workspace, which somebody chose, come between. */
const early = ['name', 'last-activity', 'company', 'channels']
const late = ['tier', 'open', 'language', 'since']

const rankOf = (id: string): number =>
  early.includes(id) ? early.indexOf(id) : late.includes(id) ? 100 + late.indexOf(id) : 50

/** Without those that matter least, until the rest has room; the first one always stays. */
export function fits<Column extends { id: string; min: number }>(
  columns: readonly Column[],
  width: number,
): readonly Column[] {
  const needed = (some: readonly Column[]): number => ENDS + some.reduce((sum, { min }) => sum + min + GAP, 0)
  let left = columns
  while (left.length > 1 && needed(left) > width) {
    const least = left.reduceRight((worst, each) => (rankOf(each.id) > rankOf(worst.id) ? each : worst))
    left = left.filter(each => each !== least)
  }
  return left
}
