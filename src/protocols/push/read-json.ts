/** No sender nests deeper, and whoever goes down a document by calling himself falls somewhere below 3,000. */
const DEEPEST = 100;

/** What a JSON text says; undefined for what is none, and for what is nested too deep to be walked. */
export function readJson(text: string): unknown {
  try {
    const document = JSON.parse(text) as unknown;
    return isDeeper(document, DEEPEST) ? undefined : document;
  } catch {
    // A foreign peer's bytes: what is wrong with them is the caller's to count.
    return undefined;
  }
}

function isDeeper(document: unknown, most: number): boolean {
  let level: readonly unknown[] = [document];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > most) return true;
    level = level.flatMap((one) => (typeof one === 'object' && one !== null ? Object.values(one) : []));
  }
  return false;
}
