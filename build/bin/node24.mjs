// Plain JavaScript, because it must run on Nodes that cannot load TypeScript: finds the Node that Skein needs and goes on there.
// npm scripts and npx run on the machine's Node; Skein needs 24, which `npm ci` brings along as the dev dependency `node`.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { isatty } from 'node:tty'
import { fileURLToPath } from 'node:url'

const needed = 24
const bundled = fileURLToPath(
  new URL(`../../node_modules/node/bin/node${process.platform === 'win32' ? '.exe' : ''}`, import.meta.url),
)

/**
 * Returns on a Node that is new enough. On an older one it runs the same command with the bundled Node and never returns; where
 * that is missing it says what to do, in one sentence.
 */
export const onNode24 = async () => {
  if (Number.parseInt(process.versions.node, 10) >= needed) return
  if (!existsSync(bundled)) {
    console.error(
      `Skein needs Node ${needed} and this is ${process.version}: run \`npm ci\` (it brings its own Node along, if install scripts are allowed) or install Node ${needed}.`,
    )
    process.exit(1)
  }
  const child = spawn(bundled, process.argv.slice(1), { stdio: 'inherit' })
  // A terminal's Ctrl-C reaches the child by itself, and a second one would cut its shutdown short.
  const atTerminal = [0, 1, 2].some(isatty)
  process.on('SIGINT', () => atTerminal || child.kill('SIGINT'))
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 143)))
  await new Promise(() => {})
}
