// npm run seed -- --data DIR --password-stdin
// Fills a hub's empty workspace (skein-hub init) with the demonstration. The last line printed names the agent to sign in as.
import { parseArgs } from 'node:util'
import { play } from '../../server/demo/play.ts'
import { openStage } from '../../server/demo/stage.ts'

const { values } = parseArgs({
  options: { data: { type: 'string' }, 'password-stdin': { type: 'boolean', default: false } },
})
if (!values.data || !values['password-stdin']) {
  console.error(
    'npm run seed -- --data DIR --password-stdin   (the password of all its agents, on standard input)',
  )
  process.exit(1)
}

const chunks: Buffer[] = []
for await (const chunk of process.stdin) chunks.push(chunk as Buffer)
const password = Buffer.concat(chunks).toString('utf8').trim()

// Thousands of small commits: a machine that fails meanwhile costs a demonstration, which is then made anew.
process.env.PGOPTIONS ??= '-c synchronous_commit=off'
const stage = await openStage(values.data)
try {
  const { email } = await play(stage, password, Date.now())
  console.log(JSON.stringify({ email }))
} finally {
  await stage.close()
}
