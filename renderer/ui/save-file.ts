/** Hands a file to the person, who keeps it where they like. What no system takes in a name becomes a space. */
export function saveFile(file: Blob, name: string): void {
  const url = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = url
  link.download = name.replaceAll(/[\\/:*?"<>|\p{Cc}]/gu, ' ')
  link.click()
  // The download begins after this turn and reads the address then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
