import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { oldestSupported, protocolVersion } from '#shared/protocol/version.ts'

const root = join(import.meta.dirname, '..')
const sides = ['shared', 'server', 'electron', 'renderer', 'tests', 'build']
/** Rules, or parts of rules, that are promised and not built; SPEC.md says so, in these words. */
const notBuilt: string[] = []
const MARK = '*Not built yet:*'

/** The rules by their number, with their text. */
const rules = new Map(
  [
    ...readFileSync(join(root, 'shared/protocol/SPEC.md'), 'utf8').matchAll(
      /^- \*\*(S\d+)\*\*([\s\S]*?)(?=^- |^#)/gmu,
    ),
  ].map(([, number, text]) => [number!, text!]),
)

/** Names of tests and suites, with the rules they name and the file they stand in. */
function* names(): Generator<{ name: string; rules: string[]; file: string }> {
  for (const side of sides)
    for (const file of readdirSync(join(root, side), { recursive: true, encoding: 'utf8' })) {
      if (!/\.tsx?$/u.test(file) || file.includes('node_modules')) continue
      const isSuite = /\.test\.tsx?$/u.test(file) || (side === 'tests' && file.startsWith('contract'))
      if (!isSuite) continue
      const text = readFileSync(join(root, side, file), 'utf8')
      for (const [, , name] of text.matchAll(/^\s*(?:it|test|describe)\b[^'"`\n]*(['"`])(.*?)\1\s*,/gmu))
        yield { name: name!, rules: name!.match(/\bS\d+\b/gu) ?? [], file: join(side, file) }
    }
}

describe('SPEC.md', () => {
  const tests = [...names()]

  it('has the rules S1 to S30, each once and in order', () => {
    expect([...rules.keys()]).toEqual(Array.from({ length: 30 }, (_, index) => `S${index + 1}`))
  })

  it('has a test for every rule that is built', () => {
    const shown = new Set(tests.flatMap(test => test.rules))
    expect([...rules.keys()].filter(rule => !shown.has(rule) && !notBuilt.includes(rule))).toEqual([])
  })

  it('has every rule that a test names', () => {
    expect(tests.filter(test => test.rules.some(rule => !rules.has(rule)))).toEqual([])
  })

  it('says of what is not built that it is not, and of nothing else', () => {
    expect([...rules].filter(([, text]) => text.includes(MARK)).map(([rule]) => rule)).toEqual(notBuilt)
  })
})

describe('the wire’s versions', () => {
  it('have a line of history each, in order', () => {
    const text = readFileSync(join(root, 'shared/protocol/version.ts'), 'utf8')
    const versions = [...text.matchAll(/^ \* (\d+) {2}\d{4}-\d{2} {2}\S/gmu)].map(([, version]) =>
      Number(version),
    )
    expect(versions).toEqual(Array.from({ length: protocolVersion }, (_, index) => index + 1))
    expect(oldestSupported).toBeLessThanOrEqual(protocolVersion)
  })
})
