/** What a program for tables would take for a formula (OWASP, "CSV injection"): such a cell begins with an apostrophe instead. */
const formula = /^[=+\-@\t\r＝＋－＠]/u

const cell = (value: string | number): string => {
  if (typeof value === 'number') return String(value)
  const safe = formula.test(value) ? `'${value}` : value
  return /[",\r\n]/u.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** A line of a table as RFC 4180 has it, with its end. Text is never a formula; a number is itself. */
export const csvLine = (cells: readonly (string | number)[]): string => `${cells.map(cell).join(',')}\r\n`
