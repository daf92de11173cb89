import { expect, test } from 'vitest'
import { createKeeper } from './draft-keeper.ts'

function table() {
  let now = 0
  let due: { run: () => void; at: number } | undefined
  const saved: { text: string; at: number }[] = []
  const keeper = createKeeper<string>(text => saved.push({ text, at: now }), 300, {
    set: (run, after) => {
      due = { run, at: now + after }
      return due
    },
    clear: () => {
      due = undefined
    },
  })
  const pass = (ms: number): void => {
    const end = now + ms
    while (due && due.at <= end) {
      now = due.at
      const { run } = due
      due = undefined
      run()
    }
    now = end
  }
  return { keeper, saved, pass }
}

test('typing without a pause is saved every third of a second, not only at the end', () => {
  const { keeper, saved, pass } = table()
  for (let letter = 1; letter <= 20; letter++) {
    keeper.changed('x'.repeat(letter))
    pass(50)
  }
  expect(saved.map(({ at }) => at)).toEqual([300, 600, 900])
  expect(saved.at(-1)?.text).toHaveLength(18)
})

test('leaving saves at once, and once', () => {
  const { keeper, saved, pass } = table()
  keeper.changed('half a sen')
  keeper.flush()
  pass(1000)
  expect(saved.map(({ text }) => text)).toEqual(['half a sen'])
})

test('what was sent is not saved again as a draft', () => {
  const { keeper, saved, pass } = table()
  keeper.changed('Hello')
  keeper.clear()
  pass(1000)
  keeper.flush()
  expect(saved).toEqual([])
  expect(keeper.dirty()).toBe(false)
})

test('words that are being sent are not saved first, and are when they did not go', () => {
  const { keeper, saved, pass } = table()
  keeper.changed('Hello')
  const keep = keeper.hold()
  pass(1000)
  expect(saved).toEqual([])
  keep()
  expect(saved.map(({ text }) => text)).toEqual(['Hello'])
  // What was typed meanwhile is newer.
  keeper.changed('Hello again')
  const late = keeper.hold()
  keeper.changed('Hello again, and')
  late()
  pass(1000)
  expect(saved.at(-1)?.text).toBe('Hello again, and')
  expect(saved).toHaveLength(2)
})
