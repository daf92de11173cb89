import { describe, expect, it } from 'vitest'
import type { Customer } from '../model/customer.ts'
import { firstName } from './first-name.ts'
import { filled, filledRich, holesIn, type Known, lookUpOf, variablesOf } from './variables.ts'

const customer = {
  id: 'c',
  name: 'Anna Smith',
  company: '',
  language: 'de',
  attributes: { nr: 'A-77', plan: 'gold', since: '2024-02-29' },
} as unknown as Customer

const workspace: Known['workspace'] = {
  attributes: [
    { id: 'nr', kind: 'text', label: { en: 'Account number', zh: '客户编号' } },
    {
      id: 'plan',
      kind: 'choice',
      label: { en: 'Plan', zh: '' },
      options: [{ id: 'gold', name: 'Gold' }],
    },
    { id: 'since', kind: 'date', label: { en: 'Since', zh: '起' } },
  ],
}

const known: Known = {
  customer,
  identity: undefined,
  agent: { id: 'a', name: '林悦', email: 'lin@example.com', role: 'agent', inboxIds: [], active: true },
  inbox: undefined,
  conversation: undefined,
  workspace,
  language: 'en',
  now: Date.UTC(2026, 10, 22, 23, 30),
  timeZone: 'Asia/Shanghai',
}

describe('variables', () => {
  it('are filled by either name, whatever the case, the blanks or the width of the braces', () => {
    expect(filled('Dear {{customer.firstName}},', known)).toBe('Dear Anna,')
    expect(filled('{{ Customer.Name }} ({{客户.客户编号}})', known)).toBe('Anna Smith (A-77)')
    expect(filled('｛｛客户.姓名｝｝，您好，我是{{客服.姓名}}', known)).toBe('Anna Smith，您好，我是林悦')
  })

  it('say what stands after the bar when nothing is known, and stay as they are written when nothing does', () => {
    expect(filled('at {{customer.company|your company}}', known)).toBe('at your company')
    expect(filled('at {{customer.company}}', known)).toBe('at {{customer.company}}')
    expect(filled('{{客户.公司｜贵公司}}', known)).toBe('贵公司')
    // An empty one says that nothing is to be said.
    expect(filled('Hello{{customer.company|}}', known)).toBe('Hello')
    expect(filled('Order {{order number}}', known)).toBe('Order {{order number}}')
  })

  it('know an attribute by its label: a choice by its name, a date as one is written', () => {
    expect(filled('{{customer.Account number}}, {{customer.plan}}', known)).toBe('A-77, Gold')
    expect(filled('{{customer.since}}', known)).toBe('29 February 2024')
    expect(filled('{{客户.起}}', { ...known, language: 'zh' })).toBe('2024年2月29日')
  })

  it('say today in the zone and the language of the words', () => {
    expect(filled('{{today}}, {{weekday}}', known)).toBe('23 November 2026, Monday')
    expect(filled('{{今天}}{{星期}}', { ...known, language: 'zh' })).toBe('2026年11月23日星期一')
    expect(filled('{{customer.language}}', { ...known, language: 'zh' })).toBe('德语')
  })

  it('never fill what a customer is called with what a customer wrote as a variable', () => {
    const sly = { ...customer, name: '{{agent.email}}' }
    expect(filled('Dear {{customer.name}}', { ...known, customer: sly })).toBe('Dear {{agent.email}}')
  })

  it('are filled within formatting, and leave no empty span behind', () => {
    const rich = filledRich(
      [
        {
          kind: 'list',
          ordered: false,
          items: [[{ kind: 'paragraph', spans: [{ text: '{{customer.name}}', marks: ['bold'] }] }]],
        },
        { kind: 'paragraph', spans: [{ text: '{{customer.company|}}' }] },
      ],
      known,
    )
    expect(rich).toEqual([
      {
        kind: 'list',
        ordered: false,
        items: [[{ kind: 'paragraph', spans: [{ text: 'Anna Smith', marks: ['bold'] }] }]],
      },
      { kind: 'paragraph', spans: [] },
    ])
  })

  it('are found with their places', () => {
    expect(holesIn('a {{b|c}} {{d}}')).toEqual([
      { from: 2, to: 9, name: 'b', instead: 'c' },
      { from: 10, to: 15, name: 'd', instead: null },
    ])
    expect(holesIn('{{}} { {a} } {{a\nb}}')).toEqual([])
  })

  it('are each found again by the names they are offered under', () => {
    const all = variablesOf(workspace)
    const lookUp = lookUpOf(all)
    for (const variable of all)
      for (const name of [variable.name.en, variable.name.zh]) expect(lookUp(name)).toBe(variable)
  })
})

describe('a first name', () => {
  it.each([
    ['Anna Smith', 'Anna'],
    ['Smith, Anna', 'Anna'],
    ['Dr. Anna Smith', 'Anna'],
    ['J. Robert Oppenheimer', 'Robert'],
    ['Anna', 'Anna'],
    ['Jean-Luc Picard', 'Jean-Luc'],
    ['王小明', '王小明'],
    ['欧阳 娜娜', '欧阳 娜娜'],
    ['김민수', '김민수'],
    ['anna@example.com', ''],
    ['+86 138 0000', ''],
    ['', ''],
  ])('of %s is %s', (name, first) => expect(firstName(name)).toBe(first))
})
