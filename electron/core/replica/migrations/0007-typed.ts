/** Who typed an address into a chat is found by whoever has it. Few conversations have such. */
export const typed = `
create index conversation_typed on conversation (lower(doc ->> '$.visit.typedEmail'))
  where doc ->> '$.visit.typedEmail' <> '';
`
