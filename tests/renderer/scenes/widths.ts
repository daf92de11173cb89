/** Windows in which everything has to be good: as drawn, with the customer over the thread, and the smallest there is. */
export const widths = [
  [1440, 900],
  [1080, 720],
  [900, 600],
] as const
