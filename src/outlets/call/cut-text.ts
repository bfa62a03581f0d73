/** Cuts a text to so many bytes of UTF-8, at a whole character, with an ellipsis where something is missing. */
export function cutBytes(text: string, most: number): string {
  if (Buffer.byteLength(text) <= most) return text;
  const room = most - Buffer.byteLength('…');
  let bytes = 0;
  let cut = '';
  for (const { segment } of new Intl.Segmenter('zh', { granularity: 'grapheme' }).segment(text)) {
    bytes += Buffer.byteLength(segment);
    if (bytes > room) break;
    cut += segment;
  }
  return `${cut}…`;
}

const LOOKALIKE: Readonly<Record<string, string>> = {
  '<': '＜',
  '>': '＞',
  '[': '［',
  ']': '］',
  '`': '｀',
  '@': '＠',
};

/** A text that holds what people typed, without the marks by which it could become a link or call somebody. */
export const plainText = (text: string): string =>
  text.replaceAll(/[<>[\]`@]/gu, (mark) => LOOKALIKE[mark] ?? mark);
