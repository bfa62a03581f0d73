/** A key that a hand-in carries, so that it is done once. `crypto.randomUUID` needs HTTPS; random bytes do not. */
export function randomKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}
