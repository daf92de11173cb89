// What can be said about a sign-in before anybody is asked.

export interface Given {
  hubUrl: string
  email: string
  password: string
}

export type Problem = 'hub-missing' | 'email-missing' | 'email-wrong' | 'password-missing'
export type Problems = Partial<Record<keyof Given, Problem>>

/** An address as people type it: without a scheme it means https, on this machine http. */
export function hubAddress(typed: string): string {
  const text = typed.trim().replace(/\/+$/, '')
  if (text === '' || /^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return text
  return /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i.test(text) ? `http://${text}` : `https://${text}`
}

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
