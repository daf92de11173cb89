/** The few things that go by requests and not by the line: files. `status` 0: nobody answered. */
export interface Answer {
  status: number
  body: Blob
}
/** Never rejects. `went` hears how much has gone, from 0 to 1, where that is known. */
export type Post = (
  path: 'file' | 'file/of',
  body: Blob | string,
  went?: (part: number) => void,
) => Promise<Answer>

/** For a client without a page. */
export const plainPost =
  (base: string): Post =>
  async (path, body) => {
    try {
      const answer = await fetch(new URL(path, base), { method: 'POST', body })
      return { status: answer.status, body: await answer.blob() }
    } catch {
      return { status: 0, body: new Blob([]) }
    }
  }
