// How this desk is, core and page, as text. Without content: counts, times, kinds of faults and places in our own code. No name, address,
// message, key nor the hub's address is in it (tests/core/diagnostics.test.ts, tests/renderer/settings/help.test.ts).

import { ok, type Result } from '#shared/protocol/fault.ts'
import { languageNow } from '../../../app/i18n.ts'
import { troublesNow } from '../../../app/troubles.ts'
import { request } from '../../../store/core.ts'
import { statesNow } from '../../../store/states.ts'

const chromium = /Chrome\/[\d.]+|Electron\/[\d.]+/g

interface Memory {
  usedJSHeapSize: number
}

export async function reportNow(): Promise<Result<string>> {
  const core = await request('diagnostics', {})
  if (!core.ok) return core
  const { theme, density } = statesNow().preferences ?? {}
  const { memory } = performance as Performance & { memory?: Memory }
  const page = {
    engine: navigator.userAgent.match(chromium)?.join(' ') ?? '',
    language: languageNow(),
    window: `${innerWidth}x${innerHeight}, ratio ${devicePixelRatio}`,
    ...{ theme, density },
    heap: memory?.usedJSHeapSize ?? null,
    nodes: document.querySelectorAll('*').length,
    openFor: Math.round(performance.now()),
    troubles: troublesNow(),
  }
  return ok(`Skein report\n${JSON.stringify({ core: core.value, page }, null, 2)}\n`)
}
