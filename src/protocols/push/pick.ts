import { asObject, asText } from './json.ts';

/**
 * What stands at a way through a document: `bizData.detailData.0.image`, members by name, items of a list by number.
 * Undefined where it leads nowhere.
 */
export function pick(document: unknown, way: string): unknown {
  let at = document;
  for (const name of way.split('.')) {
    if (Array.isArray(at))
      at = /^\d{1,4}$/u.test(name) ? (at as readonly unknown[])[Number(name)] : undefined;
    else {
      const object = asObject(at);
      at = object && Object.hasOwn(object, name) ? object[name] : undefined;
    }
  }
  return at;
}

/**
 * A text put together from several ways: `a|b` takes the first that leads to one, `a+b` joins both with a slash, `a+b;c` takes
 * the second where the first is not whole. Undefined where none is.
 */
export function pickText(document: unknown, ways: string): string | undefined {
  for (const whole of ways.split(';')) {
    const parts = whole.split('+').map((part) => pickFirst(document, part));
    if (parts.every((part) => part !== undefined)) return parts.join('/');
  }
  return undefined;
}

function pickFirst(document: unknown, ways: string): string | undefined {
  for (const way of ways.split('|')) {
    const text = asText(pick(document, way.trim()));
    if (text !== undefined) return text;
  }
  return undefined;
}
