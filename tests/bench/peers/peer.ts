/** Peers live in installs and processes of their own, outside git; what they are given and say is JSON. */
import { execFileSync, spawn } from 'node:child_process'
import { copyFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { cacheFolder } from '../cache.ts'
import { type Result, report } from '../result.ts'

/** Installs a peer by its pinned versions, once. */
function installed(name: string): string {
  const folder = cacheFolder('peers', name)
  const wanted = fileURLToPath(new URL(`${name}/package.json`, import.meta.url))
  const there = join(folder, 'package.json')
  if (existsSync(join(folder, 'installed'))) {
    const same = execFileSync(process.execPath, ['-e', compare, wanted, there]).toString() === 'same'
    if (same) return folder
  }
  copyFileSync(wanted, there)
  execFileSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel', 'error'], {
    cwd: folder,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  copyFileSync(wanted, join(folder, 'installed'))
  return folder
}

const compare = `const [a, b] = process.argv.slice(1).map(f => require('fs').readFileSync(f, 'utf8')); process.stdout.write(a === b ? 'same' : '')`

/** Runs a script of a peer in its own install; every line it prints in JSON is a result, of the peer unless it names it more closely. */
export async function runPeer(name: string, script: string, args: readonly string[]): Promise<void> {
  const folder = installed(name)
  const path = fileURLToPath(new URL(`${name}/${script}`, import.meta.url))
  const child = spawn(process.execPath, ['--max-old-space-size=8192', path, folder, ...args], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise<number | null>(resolve => child.on('exit', resolve))
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith('{')) report({ peer: name, ...(JSON.parse(line) as Result) })
    else console.log(line)
  }
  const code = await ended
  if (code !== 0) throw new Error(`${name} ended with ${code}`)
}
