import { describe, expect, it } from 'vitest'
import { problemsOf } from './check.ts'

describe('what can be said about a sign-in before anybody is asked', () => {
  it('every field that is missing', () => {
    expect(problemsOf({ hubUrl: ' ', email: '', password: '' })).toEqual({
      hubUrl: 'hub-missing',
      email: 'email-missing',
      password: 'password-missing',
    })
  })
  it('an address that cannot be one', () => {
    expect(problemsOf({ hubUrl: 'hub', email: 'amara', password: 'x' })).toEqual({ email: 'email-wrong' })
  })
  it('nothing about what may be right, spaces around it and passwords of spaces included', () => {
    expect(problemsOf({ hubUrl: 'hub', email: ' 王芳@例子.cn ', password: '   ' })).toEqual({})
  })
})
