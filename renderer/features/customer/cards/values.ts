// Values of a card as they are read here.
import type { CardValue, Money } from '#shared/model/card.ts'
import { languageNow } from '../../../app/i18n.ts'
import { numberText } from '../../../ui/numbers.ts'
import { dateText } from '../../../ui/time.ts'

export const isWhole = ({ amount }: Money): boolean => Number.isInteger(amount)

/**
 * A currency that nobody knows is written as it came.
 * @param short without cents; several below one another are all or none of them
 */
export function moneyText(money: Money, short = isWhole(money), language = languageNow()): string {
  const { amount, currency } = money
  const whole = short ? { minimumFractionDigits: 0 } : {}
  try {
    if (currency !== '')
      return amount.toLocaleString(language, {
        ...{ style: 'currency', currency, currencyDisplay: 'narrowSymbol' },
        ...whole,
      })
  } catch {
    return `${amount.toLocaleString(language)} ${currency}`
  }
  return amount.toLocaleString(language, { minimumFractionDigits: short ? 0 : 2 })
}

/** A day is that day everywhere; a moment is of the reader's clock. */
export const dayText = (date: string): string =>
  dateText(Date.parse(date.length === 10 ? `${date}T12:00:00` : date))

/** Words for a value that is no status or link, which are drawn. */
export function valueText(value: Exclude<CardValue, { kind: 'status' | 'link' }>): string {
  switch (value.kind) {
    case 'text':
      return value.text
    case 'number':
      return numberText(value.number)
    case 'money':
      return moneyText(value.money)
    case 'date':
      return dayText(value.date)
  }
}

/** A link without what every link has. */
export const linkText = (href: string): string => href.replace(/^https:\/\/(?:www\.)?|\/$/g, '')
