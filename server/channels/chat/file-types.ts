/**
 * What files may come and go. A type is what the name says, never what a browser claims; a picture is one only when its first
 * bytes are those of that kind. Nothing that a browser would run (HTML, SVG, scripts) is among them.
 */
export const fileBytes = 10 * 1024 * 1024

const PICTURES: Record<string, { type: string; begins(bytes: Uint8Array): boolean }> = {
  png: { type: 'image/png', begins: starts(0x89, 0x50, 0x4e, 0x47) },
  jpg: { type: 'image/jpeg', begins: starts(0xff, 0xd8, 0xff) },
  jpeg: { type: 'image/jpeg', begins: starts(0xff, 0xd8, 0xff) },
  gif: { type: 'image/gif', begins: starts(0x47, 0x49, 0x46, 0x38) },
  webp: {
    type: 'image/webp',
    begins: bytes =>
      starts(0x52, 0x49, 0x46, 0x46)(bytes) && starts(0x57, 0x45, 0x42, 0x50)(bytes.subarray(8)),
  },
}

const OTHERS: Record<string, string> = {
  heic: 'image/heic',
  pdf: 'application/pdf',
  txt: 'text/plain',
  log: 'text/plain',
  csv: 'text/csv',
  doc: 'application/msword',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xls: 'application/vnd.ms-excel',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  ppt: 'application/vnd.ms-powerpoint',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  odt: 'application/vnd.oasis.opendocument.text',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
  zip: 'application/zip',
  mp3: 'audio/mpeg',
  m4a: 'audio/mp4',
  wav: 'audio/wav',
  mp4: 'video/mp4',
  mov: 'video/quicktime',
  webm: 'video/webm',
}

/** Endings of names, as `.png`. */
export const fileEndings: string[] = [...Object.keys(PICTURES), ...Object.keys(OTHERS)].map(end => `.${end}`)

/** Null: files of such a name are not taken. */
export function typeOf(name: string, bytes: Uint8Array): string | null {
  const ending = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? ''
  const picture = Object.hasOwn(PICTURES, ending) ? PICTURES[ending] : undefined
  if (picture) return picture.begins(bytes) ? picture.type : 'application/octet-stream'
  return Object.hasOwn(OTHERS, ending) ? OTHERS[ending]! : null
}

function starts(...first: number[]): (bytes: Uint8Array) => boolean {
  return bytes => first.every((byte, index) => bytes[index] === byte)
}
