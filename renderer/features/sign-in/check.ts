// What can be said about a sign-in before anybody is asked.

export interface Given {
  hubUrl: string
  email: string
  password: string
}

export type Problem = 'hub-missing' | 'email-missing' | 'email-wrong' | 'password-missing'
export type Problems = Partial<Record<keyof Given, Problem>>

export function problemsOf({ hubUrl, email, password }: Given): Problems {
  return {
    ...(hubUrl.trim() === '' ? { hubUrl: 'hub-missing' as const } : {}),
    ...(email.trim() === ''
      ? { email: 'email-missing' as const }
      : /^\S+@\S+$/.test(email.trim())
        ? {}
        : { email: 'email-wrong' as const }),
    ...(password === '' ? { password: 'password-missing' as const } : {}),
  }
}
