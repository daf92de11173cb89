let count = 0

/** The bytes of a plain mail, with the line ends of the wire; each has a Message-ID of its own. */
export function mail(over: Record<string, string> = {}, text = 'Hello.'): Buffer {
  const number = ++count
  const headers = {
    From: `Customer ${number} <customer${number}@customer.example>`,
    To: 'support@skein.example',
    Subject: `Matter ${number}`,
    Date: new Date(Date.UTC(2026, 10, 1, 12, 0, number)).toUTCString(),
    'Message-ID': `<m${number}@customer.example>`,
    ...over,
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  return Buffer.from([...lines, '', ...text.split('\n'), ''].join('\r\n'))
}
