/**
 * Vectors are data: HTML that would do harm in a page without protection. `alert(1)` stands for what runs (the watch puts the
 * vector's number there), `evil.example` for a host that nobody may ask. Techniques are facts that others published; every group
 * names where. The wording is ours.
 */
export interface Group {
  name: string
  vectors: string[]
}
