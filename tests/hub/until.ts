/** Waits for something to become true, by looking again and again; fails with what was seen last. */
export async function until<T>(
  look: () => T | Promise<T>,
  is: (seen: NonNullable<T>) => boolean = Boolean,
): Promise<NonNullable<T>> {
  let seen: T | undefined
  for (const limit = Date.now() + 30_000; Date.now() < limit; ) {
    seen = await look()
    if (seen !== undefined && seen !== null && is(seen)) return seen
    await new Promise(resolve => setTimeout(resolve, 15))
  }
  throw new Error(`it never came: ${JSON.stringify(seen)?.slice(0, 2000)}`)
}
