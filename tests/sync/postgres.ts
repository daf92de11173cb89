import type { Options } from './play.ts'
export async function postgresStories(): Promise<Options & { close(): Promise<void> }> {
  throw new Error('soon')
}
