// Reads the built renderer for whoever serves it. Guards one thing: nothing outside the folder is ever read.
import { readFile } from 'node:fs/promises'
import { extname, join, resolve, sep } from 'node:path'

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.mp3': 'audio/mpeg',
  '.ogg': 'audio/ogg',
}

export interface PageFile {
  body: Uint8Array<ArrayBuffer>
  type: string
}

/**
 * @param folder the built renderer
 * @param pathname the path of a URL, still percent-encoded; `/` means index.html
 * @returns the file, or undefined when there is none, it is of no type a page has, or the path leaves the folder
 */
export const readPageFile = async (folder: string, pathname: string): Promise<PageFile | undefined> => {
  const path = inside(folder, pathname)
  const type = path === undefined ? undefined : types[extname(path)]
  if (path === undefined || type === undefined) return undefined
  try {
    return { body: new Uint8Array(await readFile(path)), type }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'EISDIR' || code === 'ENOTDIR') return undefined
    throw error
  }
}

const inside = (folder: string, pathname: string): string | undefined => {
  let decoded: string
  try {
    decoded = decodeURIComponent(pathname)
  } catch {
    return undefined
  }
  if (decoded.includes('\0') || decoded.includes('\\')) return undefined
  const root = resolve(folder)
  const path = join(root, decoded === '/' ? 'index.html' : decoded)
  return path.startsWith(root + sep) ? path : undefined
}
