/** A count with its thousands apart. */
export const figure = (number: number): string => number.toLocaleString('en')
