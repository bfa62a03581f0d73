/** The chain does not get any further; the message says why, as a sentence for people. */
export class ChainBroken extends Error {
  override readonly name = 'ChainBroken';
}

/** There is no chain to be tested; the message says why. */
export class NoChain extends Error {
  override readonly name = 'NoChain';
}
