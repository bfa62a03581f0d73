import { below, pick, type Random } from './target.ts';

/** Bytes that mean something to somebody. */
const NOTABLE = Buffer.from('\u0000\u0001\n\r\t "\'\\,;:.<>&[]{}()-+#/=0159eE_\u007f\u0080\u00ff', 'latin1');

/** What happens to bytes on a line or in a bad program: changed, cut off, doubled, put in, exchanged with those of another. */
export function spoilBytes(given: Uint8Array, random: Random): Uint8Array {
  let bytes = given;
  for (let times = 1 + below(random, 3); times > 0 && bytes.length > 0; times -= 1)
    bytes = pick(random, SPOILS)(bytes, random);
  return bytes;
}

export function spoilText(given: string, random: Random): string {
  return Buffer.from(spoilBytes(Buffer.from(given), random)).toString('utf8');
}

type Spoil = (bytes: Uint8Array, random: Random) => Uint8Array;

function someByte(random: Random): number {
  return random() < 0.6 ? (NOTABLE[below(random, NOTABLE.length)] ?? 0) : below(random, 256);
}

const SPOILS: readonly [Spoil, ...Spoil[]] = [
  (bytes, random) => {
    // A Buffer's own `slice` would share its bytes.
    const changed = new Uint8Array(bytes);
    changed[below(random, changed.length)] = someByte(random);
    return changed;
  },
  (bytes, random) => bytes.subarray(0, below(random, bytes.length)),
  (bytes, random) => {
    const at = below(random, bytes.length);
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + below(random, 20))]);
  },
  (bytes, random) => {
    const at = below(random, bytes.length);
    const noise = Uint8Array.from({ length: 1 + below(random, 12) }, () => someByte(random));
    return Buffer.concat([bytes.subarray(0, at), noise, bytes.subarray(at)]);
  },
  (bytes, random) => {
    const at = below(random, bytes.length);
    const end = at + 1 + below(random, 40);
    return Buffer.concat([bytes.subarray(0, end), bytes.subarray(at, end), bytes.subarray(end)]);
  },
];

const ODD: readonly [unknown, ...unknown[]] = [
  null,
  true,
  '',
  ' ',
  0,
  -0,
  -1,
  1e308,
  1e-320,
  2 ** 53,
  8.64e15,
  1_700_000_000,
  'NaN',
  'Infinity',
  '1e999',
  '0x10',
  '２０２６-11-30',
  '2026-02-30T25:61:61Z',
  '\u0000',
  '\uD800',
  '长'.repeat(5000),
  [],
  {},
  [[]],
  { __proto__: null, constructor: 1, toString: 1 },
  Array.from({ length: 500 }, (_, i) => i),
];

/** A document with some of its members exchanged for odd ones, left out, or under another name. */
export function spoilDocument(document: unknown, random: Random): unknown {
  if (Array.isArray(document)) {
    const items: readonly unknown[] = document;
    const kept = items.filter(() => random() > 0.05).map((item) => spoilDocument(item, random));
    return random() < 0.05 ? [...kept, ...kept] : kept;
  }
  if (typeof document === 'object' && document !== null) {
    const members = Object.entries(document).filter(() => random() > 0.04);
    return Object.fromEntries(
      members.map(([name, value]) => [
        random() < 0.02 ? spoilText(name, random) : name,
        spoilDocument(value, random),
      ]),
    );
  }
  return random() < 0.15 ? pick(random, ODD) : document;
}
