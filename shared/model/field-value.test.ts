import { expect, test } from 'vitest'
import type { Attribute } from './attribute.ts'
import { builtInFields, customerFields, fieldOfAttribute, fieldValue, labelOf } from './customer-field.ts'
import { problemOf, readValue, valueText } from './field-value.ts'
import { customerWith } from './testing.ts'

const field = (kind: Attribute['kind'], more: Partial<Attribute> = {}) =>
  fieldOfAttribute({ id: kind, kind, label: { en: kind, zh: '' }, ...more })
const builtIn = (id: string) => builtInFields.find(each => each.id === id)!
const value = (...args: Parameters<typeof readValue>) => {
  const read = readValue(...args)
  return read.ok ? read.value : read.problem.kind
}

test('nothing typed is no value, of any kind', () => {
  for (const each of builtInFields) expect(value(each, '  ')).toBeNull()
  expect(value(field('number'), '')).toBeNull()
})

test('a number is read with thousands and in full width; a comma that could be anything is refused', () => {
  expect(['42', '1,234.5', '１２３', '-0.5', '+7'].map(text => value(field('number'), text))).toEqual([
    42, 1234.5, 123, -0.5, 7,
  ])
  for (const text of ['1,5', '12a', '1.2.3', '１,2', '1e400', 'NaN'])
    expect(value(field('number'), text)).toBe('not-a-number')
})

test('a number outside its bounds is refused with the bound', () => {
  const bounded = field('number', { min: 1, max: 10 })
  expect(readValue(bounded, '0')).toEqual({ ok: false, problem: { kind: 'too-small', limit: 1 } })
  expect(readValue(bounded, '11')).toEqual({ ok: false, problem: { kind: 'too-large', limit: 10 } })
})

test('a date is read as people write it, never where it could be two days, and must be one', () => {
  for (const text of ['2026-11-02', '2026/11/2', '2026年11月2日', '2.11.2026', '２０２６-11-02'])
    expect(value(field('date'), text)).toBe('2026-11-02')
  for (const text of ['11/02/2026', '2026-02-30', '2026-13-01', 'tomorrow'])
    expect(value(field('date'), text)).toBe('not-a-date')
})

test('a choice is named, in any case and width; one that is archived is not offered', () => {
  const options = [
    { id: 'a', name: 'Gold' },
    { id: 'b', name: '金牌' },
    { id: 'c', name: 'Old', archived: true },
  ]
  const plan = field('choice', { options })
  expect([value(plan, ' gold '), value(plan, '金牌'), value(plan, 'a'), value(plan, 'ＧＯＬＤ')]).toEqual([
    'a',
    'b',
    'a',
    'a',
  ])
  expect([value(plan, 'Old'), value(plan, 'Silver')]).toEqual(['not-a-choice', 'not-a-choice'])
  expect(valueText(plan, 'c', 'en')).toBe('Old')
})

test('a link is https, with a host and nobody’s password', () => {
  expect(value(field('link'), 'crm.example.com/c/7')).toBe('https://crm.example.com/c/7')
  expect(value(field('link'), 'https://例子.cn/路')).toBe('https://例子.cn/路')
  for (const text of [
    'http://a.example',
    'javascript:alert(1)',
    'https://a@b.example',
    'https://x',
    'file:///etc',
  ])
    expect(value(field('link'), text)).toBe('not-a-link')
})

test('a language is named in English, Chinese or itself, or by its tag', () => {
  const language = builtIn('language')
  expect(['German', '德语', 'Deutsch', 'DE', 'zh-cn'].map(text => value(language, text))).toEqual([
    'de',
    'de',
    'de',
    'de',
    'zh-CN',
  ])
  expect(value(language, 'english!')).toBe('not-a-language')
  expect(valueText(language, 'de', 'zh')).toBe('德语')
})

test('a time zone is named by its name or its city', () => {
  const zone = builtIn('timeZone')
  expect(
    ['Europe/Berlin', 'berlin', 'europe/berlin', 'New York', '上海'].map(text => value(zone, text)),
  ).toEqual(['Europe/Berlin', 'Europe/Berlin', 'Europe/Berlin', 'America/New_York', 'Asia/Shanghai'])
  expect(value(zone, 'Nowhere')).toBe('not-a-time-zone')
})

test('a text has its length, and is one line', () => {
  expect(readValue(builtIn('tier'), 'x'.repeat(41))).toEqual({
    ok: false,
    problem: { kind: 'too-long', limit: 40 },
  })
  expect(value(builtIn('name'), 'Amara\n Okonkwo')).toBe('Amara Okonkwo')
})

test('what was read is what the hub takes, and what is shown is read again', () => {
  const some = [
    [field('number'), '5'],
    [field('date'), '2026-11-22'],
    [field('link'), 'a.example'],
    [builtIn('language'), 'nl'],
    [builtIn('timeZone'), 'Asia/Shanghai'],
  ] as const
  for (const [each, text] of some) {
    const read = readValue(each, text)
    if (!read.ok || typeof read.value === 'object') throw new Error(each.id)
    expect(problemOf(each, read.value)).toBeNull()
    expect(readValue(each, valueText(each, read.value, 'en'))).toEqual(read)
  }
  expect(problemOf(field('number'), 'five')).toEqual({ kind: 'not-a-number' })
})

test('the list has the built-in fields, then the workspace’s that are not archived, each with its value', () => {
  const attributes: Attribute[] = [
    { id: 'seats', kind: 'number', label: { en: 'Seats', zh: '席位' } },
    { id: 'old', kind: 'text', label: { en: 'Old', zh: '' }, archived: true },
  ]
  const fields = customerFields({ attributes })
  expect(fields.slice(-1).map(({ id }) => id)).toEqual(['seats'])
  expect(labelOf(fields.at(-1)!, 'zh-CN')).toBe('席位')
  const customer = customerWith({ id: 'li', name: '李雷', attributes: { seats: 40 }, tagIds: ['vip'] })
  expect(fields.map(each => [each.id, fieldValue(each, customer)])).toEqual([
    ['name', '李雷'],
    ['company', null],
    ['tier', null],
    ['language', null],
    ['timeZone', null],
    ['tagIds', ['vip']],
    ['note', null],
    ['createdAt', 0],
    ['seats', 40],
  ])
})
