/** Windows in which everything has to be good: as drawn, with the customer over the thread, and the smallest there is. */
export const widths = [
  [1440, 900],
  [1080, 720],
  [900, 600],
] as const

/** With everything twice as large: 1366 by 768, and the smallest. There is room for one column. */
export const smallWidths = [
  [683, 384],
  [450, 300],
] as const

/** 1440 by 900, too: the narrowest in which two columns stand beside each other. */
export const twiceWidths = [[720, 450], ...smallWidths] as const
