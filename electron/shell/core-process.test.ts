import { expect, test } from 'vitest'
import type { Fault } from '#shared/protocol/fault.ts'
import { UtilityDouble } from '../../tests/shell/double/utility.ts'
import { createCoreProcess } from './core-process.ts'
import type { ElectronModule } from './electron-module.ts'

const entry = new URL('../../tests/shell/double/echo-core.ts', import.meta.url).pathname

const run = (behaviour: string) => {
  const cores: UtilityDouble[] = []
  const pauses: number[] = []
  let told: (fault: Fault | undefined) => void
  const failed = new Promise<Fault | undefined>(resolve => {
    told = resolve
  })
  const given: { execArgv?: string[] }[] = []
  const fork = (path: string, _args: string[], options: { execArgv?: string[] }): UtilityDouble => {
    given.push(options)
    const core = new UtilityDouble(path, { ...process.env, SKEIN_TEST_CORE: behaviour })
    cores.push(core)
    return core
  }
  const core = createCoreProcess({
    electron: { utilityProcess: { fork } } as unknown as ElectronModule,
    entry,
    start: {
      profileDir: '',
      key: new Uint8Array(32),
      device: { name: 'test', platform: 'test' },
      version: '0.1.0',
    },
    failed: fault => told(fault),
    pause: deaths => {
      pauses.push(deaths)
      return 1
    },
  })
  core.start()
  return { core, cores, pauses, failed, given }
}

test('a core that dies at every start is started six times, later each time, and then a person is asked', async () => {
  const { cores, pauses, failed } = run('crash')
  expect(await failed).toBeUndefined()
  expect(cores).toHaveLength(6)
  expect(pauses).toEqual([1, 2, 3, 4, 5])
})

test('a core that names its reason is not started again until a person says so', async () => {
  const { core, cores, failed } = run('fail')
  expect((await failed)?.kind).toBe('disk-full')
  await new Promise(resolve => cores[0]!.once('exit', resolve))
  expect(cores).toHaveLength(1)
  core.start()
  expect(cores).toHaveLength(2)
  await core.close()
})

test('closing lets the core close its replica and waits for its end', async () => {
  const { core, cores } = run('')
  await core.close()
  expect(cores[0]!.child.exitCode).toBe(0)
})

test('what V8 has no use for any more it gives back, and keeps its young generation small', async () => {
  const { core, given } = run('')
  expect(given[0]?.execArgv).toEqual(['--js-flags=--max-semi-space-size=4 --memory-saver-mode'])
  await core.close()
})
