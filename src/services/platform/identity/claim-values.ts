/** What a provider says of a person, as it came. */
export type Claims = Readonly<Record<string, unknown>>;

/**
 * The values of a claim as texts: one, or those of an array; none when the claim is absent. `undefined` for a claim that
 * is there and is no text, number, truth value or array of them.
 *
 * A name is looked up as it is written first (names may be addresses with dots in them), then as a path of names.
 */
export function claimValues(claims: Claims, name: string): readonly string[] | undefined {
  const found = Object.hasOwn(claims, name) ? claims[name] : walk(claims, name.split('.'));
  if (found === undefined || found === null) return [];
  const values = (Array.isArray(found) ? found : [found]).map(textOf);
  return values.every((value) => value !== undefined) ? values : undefined;
}

function walk(claims: Claims, path: readonly string[]): unknown {
  let at: unknown = claims;
  for (const name of path) {
    if (typeof at !== 'object' || at === null || Array.isArray(at) || !Object.hasOwn(at, name))
      return undefined;
    at = (at as Claims)[name];
  }
  return at;
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value.trim();
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}
