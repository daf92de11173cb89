/** Looks again and again until it is so; fails with the last thing seen. No test waits for time. */
export async function until<T>(
  what: string,
  look: () => T | Promise<T>,
  patience = 90_000,
): Promise<Exclude<T, undefined | null | false>> {
  let seen: T | undefined
  for (const limit = Date.now() + patience; Date.now() < limit; ) {
    seen = await look()
    if (seen !== undefined && seen !== null && seen !== false)
      return seen as Exclude<T, undefined | null | false>
    await new Promise(resolve => setTimeout(resolve, 20))
  }
  throw new Error(`it never came: ${what} (last: ${JSON.stringify(seen)?.slice(0, 500)})`)
}
