/** Telephone numbers as people write them, in the form in which they are compared: E.164. */

export interface Country {
  /** ISO 3166. */
  id: string
  code: string
  /** What is dialled before a number inside the country, and not from abroad. */
  trunk: string
  /** Digits of a number without code and trunk. */
  digits: readonly [least: number, most: number]
}

const of = (id: string, code: string, trunk: string, least: number, most: number): Country => ({
  ...{ id, code, trunk },
  digits: [least, most],
})

/** Those that can be chosen for numbers without a country; with one (`+49 …`) any is understood. */
export const countries: readonly Country[] = [
  of('CN', '86', '0', 9, 11),
  of('HK', '852', '', 8, 8),
  of('MO', '853', '', 8, 8),
  of('TW', '886', '0', 8, 9),
  of('SG', '65', '', 8, 8),
  of('JP', '81', '0', 9, 10),
  of('KR', '82', '0', 8, 10),
  of('IN', '91', '0', 10, 10),
  of('AU', '61', '0', 9, 9),
  of('NZ', '64', '0', 8, 10),
  of('US', '1', '1', 10, 10),
  of('CA', '1', '1', 10, 10),
  of('MX', '52', '', 10, 10),
  of('BR', '55', '0', 10, 11),
  of('GB', '44', '0', 9, 10),
  of('IE', '353', '0', 7, 10),
  of('DE', '49', '0', 5, 12),
  of('AT', '43', '0', 4, 13),
  of('CH', '41', '0', 9, 9),
  of('NL', '31', '0', 9, 9),
  of('BE', '32', '0', 8, 9),
  of('FR', '33', '0', 9, 9),
  of('ES', '34', '', 9, 9),
  of('PT', '351', '', 9, 9),
  of('IT', '39', '', 6, 12),
  of('SE', '46', '0', 7, 10),
  of('NO', '47', '', 8, 8),
  of('DK', '45', '', 8, 8),
  of('FI', '358', '0', 6, 11),
  of('PL', '48', '', 9, 9),
]

/** The number in E.164, or null when it is none. `0086…` and `+86…` name a country; other numbers are of `country`. */
export function phoneOf(typed: string, country: string): string | null {
  const plain = typed.normalize('NFKC').replace(/^tel:/i, '').trim()
  if (!/^[+\d(][\d\s().\-/–]*$/u.test(plain)) return null
  const digits = plain.replaceAll(/\D/g, '')
  if (plain.startsWith('+')) return international(digits)
  if (digits.startsWith('00')) return international(digits.slice(2))
  const home = countries.find(({ id }) => id === country)
  if (!home) return null
  const [least, most] = home.digits
  const local = home.trunk !== '' && digits.startsWith(home.trunk) ? digits.slice(home.trunk.length) : digits
  if (local.length >= least && local.length <= most) return `+${home.code}${local}`
  // Written with the country's code, and without the plus that a program for tables took away.
  const rest = digits.startsWith(home.code) ? digits.slice(home.code.length) : ''
  return rest.length >= least && rest.length <= most ? `+${digits}` : null
}

/** The `(0)` of `+49 (0)30` is dialled at home only. */
function international(digits: string): string | null {
  const country = countries.find(({ code, trunk }) => trunk === '0' && digits.startsWith(`${code}0`))
  const plain = country ? country.code + digits.slice(country.code.length + 1) : digits
  return /^[1-9]\d{6,14}$/.test(plain) ? `+${plain}` : null
}
