/**
 * Questions that come up together are asked together: those of one turn of the event loop, and those that came while the
 * lanes were busy. A change in an inbox wakes all its desks at once, and most of them want to know the same.
 */
export class Together<Q, A> {
  readonly #ask: (questions: readonly Q[]) => Promise<readonly A[]>
  readonly #most: number
  #waiting: { question: Q; answer(value: A): void; fail(error: unknown): void }[] = []
  #free: number
  #due = false

  /**
   * @param ask answers each question, in their order
   * @param lanes asked so often at a time
   * @param most questions of one asking
   */
  constructor(ask: (questions: readonly Q[]) => Promise<readonly A[]>, lanes: number, most: number) {
    this.#ask = ask
    this.#free = lanes
    this.#most = most
  }

  ask(question: Q): Promise<A> {
    return new Promise((answer, fail) => {
      this.#waiting.push({ question, answer, fail })
      if (this.#due) return
      this.#due = true
      queueMicrotask(() => {
        this.#due = false
        this.#go()
      })
    })
  }

  #go(): void {
    while (this.#free > 0 && this.#waiting.length > 0) {
      const group = this.#waiting.slice(0, this.#most)
      this.#waiting = this.#waiting.slice(this.#most)
      this.#free -= 1
      this.#ask(group.map(({ question }) => question))
        .then(
          answers => {
            for (const [index, { answer }] of group.entries()) answer(answers[index] as A)
          },
          error => {
            for (const { fail } of group) fail(error)
          },
        )
        .finally(() => {
          this.#free += 1
          this.#go()
        })
    }
  }
}
