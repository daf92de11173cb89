/** A reason an administrator can do something about, as the sentence to be shown. Anything else thrown is a bug. */
export class Sentence extends Error {}
