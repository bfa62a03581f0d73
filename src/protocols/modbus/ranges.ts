import { isBits, type Register, type Table, widthOf } from './register.ts';

/** One request: so many registers, or bits, of one table from an address on, for all that lies in them. */
export interface ReadRange {
  readonly table: Table;
  readonly start: number;
  readonly count: number;
  readonly registers: readonly Register[];
}

/** The most one request may ask for (Modbus Application Protocol V1.1b3, 6.1–6.4), and what is read in vain to save a request. */
const WORDS = { most: 125, gap: 8 } as const;
const BITS = { most: 2000, gap: 64 } as const;

/** The fewest requests that read all of them: neighbours are read together, over small gaps too. */
export function planReads(registers: readonly Register[]): ReadRange[] {
  const ranges: ReadRange[] = [];
  for (const sorted of Map.groupBy(registers, ({ table }) => table).values()) {
    for (const register of sorted.toSorted((a, b) => a.address - b.address)) {
      const last = ranges.at(-1);
      const joined = last && join(last, register);
      if (joined) ranges[ranges.length - 1] = joined;
      else ranges.push(alone(register));
    }
  }
  return ranges;
}

/** Each value by itself: for a device that refuses what lies between, or the end of one of its blocks. */
export function readAlone({ registers }: ReadRange): ReadRange[] {
  const pieces = new Map<string, ReadRange>();
  for (const register of registers) {
    const key = `${register.address}:${widthOf(register)}`;
    const before = pieces.get(key);
    pieces.set(key, before ? { ...before, registers: [...before.registers, register] } : alone(register));
  }
  return [...pieces.values()];
}

function alone(register: Register): ReadRange {
  return {
    table: register.table,
    start: register.address,
    count: widthOf(register),
    registers: [register],
  };
}

function join(range: ReadRange, register: Register): ReadRange | undefined {
  if (range.table !== register.table) return undefined;
  const { most, gap } = isBits(range.table) ? BITS : WORDS;
  const end = range.start + range.count;
  const count = Math.max(end, register.address + widthOf(register)) - range.start;
  if (register.address > end + gap || count > most) return undefined;
  return { ...range, count, registers: [...range.registers, register] };
}
