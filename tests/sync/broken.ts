/** An invariant that does not hold, by its name in the design (quality.md). */
export class Broken extends Error {
  readonly invariant: string

  constructor(invariant: string, sentence: string, found: unknown) {
    const told = typeof found === 'string' ? found : JSON.stringify(found, null, 1)
    super(`${invariant}: ${sentence}\n${told.slice(0, 4000)}`)
    this.name = 'Broken'
    this.invariant = invariant
  }
}

/** Demands that a list of complaints is empty. @throws Broken */
export function none(invariant: string, sentence: string, complaints: readonly unknown[]): void {
  if (complaints.length > 0) throw new Broken(invariant, sentence, complaints)
}
