import type { Post } from './requests.ts'

/** By XMLHttpRequest, because `fetch` does not say how much of a body has gone. */
export const browserPost =
  (base: URL): Post =>
  (path, body, went) =>
    new Promise(resolve => {
      const request = new XMLHttpRequest()
      request.open('POST', new URL(path, base))
      request.responseType = 'blob'
      // Not the type of the file: it is for nobody but the hub.
      request.setRequestHeader('content-type', 'application/octet-stream')
      if (went) request.upload.onprogress = ({ loaded, total }) => went(total > 0 ? loaded / total : 0)
      request.onloadend = () =>
        resolve({ status: request.status, body: (request.response as Blob | null) ?? new Blob([]) })
      request.send(body)
    })
