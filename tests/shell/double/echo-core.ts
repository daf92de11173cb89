// A core that answers every message with itself: enough for what the shell does around one.
import type { FromCoreProcess, ToCoreProcess } from '#shared/ipc/core-process.ts'

interface Port {
  on(event: 'message', listener: (event: { data: unknown }) => void): void
  start(): void
  postMessage(message: unknown): void
}
const { parentPort } = process as unknown as {
  parentPort: {
    on(event: 'message', listener: (event: { data: ToCoreProcess; ports: Port[] }) => void): void
    postMessage(message: FromCoreProcess): void
  }
}

parentPort.on('message', ({ data, ports }) => {
  if (data.t === 'start') {
    if (process.env.SKEIN_TEST_CORE === 'crash') process.exit(9)
    if (process.env.SKEIN_TEST_CORE === 'fail') {
      parentPort.postMessage({ t: 'failed', fault: { kind: 'disk-full', retryable: true } })
      process.exit(0)
    }
    parentPort.postMessage({ t: 'ready' })
  }
  if (data.t === 'close') process.exit(0)
  if (data.t !== 'connect') return
  const port = ports[0]!
  port.on('message', ({ data }) => {
    // What a test asks the core to say, it says.
    const { say } = data as { say?: unknown }
    port.postMessage(say ?? { heard: data, pid: process.pid })
  })
  port.start()
})
