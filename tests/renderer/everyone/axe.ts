import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type axe from 'axe-core'
import type { AxeResults, RunOptions } from 'axe-core'
import type { Page } from 'playwright-core'

/** The same rules in half the letters: every page reads all of them anew. */
const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/**
 * What axe says of the page, a sentence for each place. All of its rules count.
 * @param only these rules: what has been said in one theme needs not be asked in the other
 */
export async function axeProblems(page: Page, only?: readonly string[]): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(source)
  const results: AxeResults = await page.evaluate(run, {
    resultTypes: ['violations'],
    ...(only ? { runOnly: { type: 'rule', values: [...only] } } : {}),
  } satisfies RunOptions)
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, any }) => `${id}: ${html.slice(0, 200)} ${any[0]?.message ?? ''}`),
  )
}

function run(options: RunOptions): Promise<AxeResults> {
  // A menu, and the list at the caret, belong to what opened them and close when that is left: they are no regions of the page.
  const inMenu = document.querySelector('[role=menu], .insert') !== null
  const { axe: here } = globalThis as unknown as { axe: typeof axe }
  return here.run(document, {
    ...options,
    ...(inMenu && !options.runOnly ? { rules: { region: { enabled: false } } } : {}),
  })
}
