/**
 * Files in a paste. Spreadsheets and word processors put a picture of the words beside the words: then the words are meant. Whoever
 * copies a picture in a browser has HTML of that picture only.
 */
export function filesPasted(data: DataTransfer | null): File[] {
  const files = [...(data?.files ?? [])]
  const html = files.length > 0 ? data?.getData('text/html') : ''
  if (!html) return files
  const { body } = new DOMParser().parseFromString(html, 'text/html')
  for (const unread of body.querySelectorAll('style, script')) unread.remove()
  return body.textContent.trim() === '' ? files : []
}
