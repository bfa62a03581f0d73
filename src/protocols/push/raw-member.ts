/**
 * The characters of a member of a JSON object exactly as they were sent, e.g. for a signature over them. The text must have parsed
 * as JSON before; undefined where the top object has no such member. Of a repeated name the last counts, as `JSON.parse` has it.
 */
export function rawMember(text: string, name: string): string | undefined {
  let at = text.indexOf('{') + 1;
  let found: string | undefined;
  while (at > 0 && at < text.length) {
    at = skipBlank(text, at);
    if (text[at] !== '"') break;
    const keyEnd = endOfString(text, at);
    const key = JSON.parse(text.slice(at, keyEnd)) as unknown;
    const from = skipBlank(text, skipBlank(text, keyEnd) + 1);
    const to = endOfValue(text, from);
    if (key === name) found = text.slice(from, to);
    at = skipBlank(text, to) + 1;
  }
  return found;
}

function skipBlank(text: string, from: number): number {
  let at = from;
  while (at < text.length && ' \t\r\n'.includes(text[at] ?? '')) at += 1;
  return at;
}

/** Behind the closing quote of the string that begins at `from`. */
function endOfString(text: string, from: number): number {
  let at = from + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}

/** Behind a value: at the comma or bracket that ends it, blanks before that left out. */
function endOfValue(text: string, from: number): number {
  let depth = 0;
  let at = from;
  let last = from;
  while (at < text.length) {
    const c = text[at] ?? '';
    if (c === '"') at = endOfString(text, at) - 1;
    else if (c === '{' || c === '[') depth += 1;
    else if (c === '}' || c === ']') depth -= 1;
    if (depth < 0 || (depth === 0 && c === ',')) return last;
    if (!' \t\r\n'.includes(c)) last = at + 1;
    at += 1;
  }
  return last;
}
