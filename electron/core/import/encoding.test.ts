import { expect, test } from 'vitest'
import type { TableEncoding } from '#shared/ipc/import.ts'
import { encodingOf, textOf } from './encoding.ts'

const read = (bytes: Uint8Array): [TableEncoding, string] => {
  const encoding = encodingOf(bytes)
  return [encoding, [...textOf(bytes, encoding)].join('')]
}
const utf8 = (text: string) => new TextEncoder().encode(text)
const wide = (text: string, big = false) => {
  const bytes = Buffer.from(text, 'utf16le')
  return new Uint8Array(big ? bytes.swap16() : bytes)
}
const hex = (bytes: string) => new Uint8Array(Buffer.from(bytes.replaceAll(' ', ''), 'hex'))

test('UTF-8 with and without a mark, and UTF-16 of both orders, with it and without, are known', () => {
  const table = '姓名,邮箱\r\n赵明轩,zhao@example.cn\r\n'
  expect(read(utf8(table))).toEqual(['utf-8', table])
  expect(read(utf8(`\ufeff${table}`))).toEqual(['utf-8', table])
  expect(read(wide(`\ufeff${table}`))).toEqual(['utf-16le', table])
  expect(read(wide(`\ufeff${table}`, true))).toEqual(['utf-16be', table])
  const latin = 'Name\tEmail\r\nAmara Okafor\tamara@example.com\r\n'
  expect(read(wide(latin))).toEqual(['utf-16le', latin])
  expect(read(wide(latin, true))).toEqual(['utf-16be', latin])
})

test('GB18030 of mainland China, Big5 of Taiwan and the accents of the West are told apart', () => {
  // 姓名,手机\n赵明轩,138\n王芳,139
  expect(read(hex('d0d5c3fb2ccad6bbfa0ad5d4c3f7d0f92c3133380acdf5b7bc2c313339'))).toEqual([
    'gb18030',
    '姓名,手机\n赵明轩,138\n王芳,139',
  ])
  // 姓名,電話\n陳小明,02\n林美玲,03
  expect(read(hex('a96da6572cb971b8dc0ab3afa470a9fa2c30320aaa4cacfcac c22c3033'))).toEqual([
    'big5',
    '姓名,電話\n陳小明,02\n林美玲,03',
  ])
  expect(read(hex('c96d696c6520466f75726e6965722c56e96c6f204e6f72640a4ae972f46d65'))).toEqual([
    'windows-1252',
    'Émile Fournier,Vélo Nord\nJérôme',
  ])
})

test('signs cut by the end of a piece are whole', () => {
  const long = '客户'.repeat(50_000)
  expect(read(utf8(`a${long}`))).toEqual(['utf-8', `a${long}`])
})
