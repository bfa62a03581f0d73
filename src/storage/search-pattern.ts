/** The `like` pattern of a text that occurs anywhere; its own `%`, `_` and `\` mean themselves. */
export function containing(text: string): string {
  return `%${text.replaceAll(/[%_\\]/gu, String.raw`\$&`)}%`;
}
