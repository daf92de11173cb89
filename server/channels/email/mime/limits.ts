/**
 * Bounds that keep reading any mail finite. Work grows with the size of the mail alone: every limit here cuts off what
 * would otherwise multiply it, and what was cut off is named in the mail's `problems`; the original is kept whole.
 */
export const LIMITS = {
  /** Header bytes and fields read of one part. */
  headerBytes: 256 * 1024,
  headerFields: 2000,
  /** One address header, and the addresses kept of it. */
  addressBytes: 64 * 1024,
  addresses: 500,
  /** Message-IDs kept of References, the newest. */
  references: 100,
  /** Parts of a mail, and how deep they may stand in each other. */
  parts: 1000,
  depth: 30,
  /** Lines that begin with `--`, each of which could be a boundary. */
  delimiters: 200_000,
  attachments: 500,
  /** Characters of the readable text, and of the HTML (larger HTML becomes an attachment). */
  text: 1_000_000,
  html: 2_000_000,
  /** Characters of HTML that are turned into text where there is no plain text. */
  htmlForText: 400_000,
  htmlDepth: 100,
  htmlTags: 20_000,
  /** Bytes of one text part that are decoded; a larger part also becomes an attachment. */
  textPartBytes: 4 * 1024 * 1024,
  uuencoded: 100,
} as const
