import { QUALITY } from '#model/monitoring';

import { type ByteReader, ByteWriter } from './byte-cursor.ts';
import { readRuns, writeRuns } from './mark-runs.ts';
import { opened, squeezed } from './packed-bytes.ts';
import { emptyRollUps, type RollUps } from './roll-ups.ts';
import { readValues, writeValues } from './value-column.ts';
import { readWholeNumbers, writeWholeNumbers } from './whole-numbers.ts';

/** A sum is kept to so many digits: beyond them is what adding has left behind, which is noise and hard to pack. */
const SUM_DIGITS = 12;
/** What is written in full for every stretch, one column after the other. */
const WHOLE = ['at', 'count', 'suspect'] as const;
const VALUES = ['low', 'high', 'sum', 'first', 'last'] as const;
const RUNS = ['lowQuality', 'lowSource', 'highQuality', 'highSource'] as const;

/**
 * Packs roll-ups. Everything comes back bit for bit but sums, which keep twelve digits. What mostly follows from the rest is
 * written only where it does not: the believed extremes where some reading is suspect, what was sent where it was corrected.
 */
export function encodeRollUps(rolled: RollUps): Uint8Array {
  const writer = new ByteWriter(512 + rolled.length * 64);
  for (const name of WHOLE) writeWholeNumbers(writer, rolled[name]);
  for (const name of VALUES)
    writeValues(
      writer,
      rolled[name].map((value) => known(name === 'sum' ? Number(value.toPrecision(SUM_DIGITS)) : value)),
    );
  for (const name of ['lowAt', 'highAt'] as const)
    writeWholeNumbers(
      writer,
      rolled[name].map((at, i) => at - (rolled.at[i] ?? 0)),
    );
  for (const name of RUNS) writeRuns(writer, rolled[name]);
  for (const { name, rows } of exceptions(rolled))
    if (rows.length > 0)
      writeValues(
        writer,
        Float64Array.from(rows, (i) => rolled[name][i] ?? 0),
      );
  return squeezed(writer);
}

/** Unpacks roll-ups of `n` stretches. Throws RangeError when the bytes are not of such. */
export function decodeRollUps(bytes: Uint8Array, n: number): RollUps {
  const reader = opened(bytes);
  const rolled = emptyRollUps(n);
  for (const name of WHOLE) readWholeNumbers(reader, rolled[name]);
  for (const name of VALUES) readValues(reader, rolled[name]);
  for (const name of ['lowAt', 'highAt'] as const) {
    readWholeNumbers(reader, rolled[name]);
    for (let i = 0; i < n; i += 1) rolled[name][i] = (rolled[name][i] ?? 0) + (rolled.at[i] ?? 0);
  }
  for (const name of RUNS) readRuns(reader, rolled[name]);
  restore(rolled, reader);
  return rolled;
}

function restore(rolled: RollUps, reader: ByteReader): void {
  rolled.min.set(rolled.low);
  rolled.max.set(rolled.high);
  rolled.lowRaw.set(rolled.low);
  rolled.highRaw.set(rolled.high);
  for (const { name, rows } of exceptions(rolled)) {
    const values = new Float64Array(rows.length);
    if (rows.length > 0) readValues(reader, values);
    for (const [k, i] of rows.entries()) rolled[name][i] = values[k] ?? 0;
  }
  for (let i = 0; i < rolled.length; i += 1) {
    if (rolled.suspect[i] !== rolled.count[i]) continue;
    for (const name of ['min', 'max', 'first', 'last'] as const) rolled[name][i] = Number.NaN;
  }
}

interface Exception {
  readonly name: 'min' | 'max' | 'lowRaw' | 'highRaw';
  readonly rows: readonly number[];
}

/** Where a column is written because it does not follow from what stands before it. */
function exceptions({ length, count, suspect, lowQuality, highQuality }: RollUps): readonly Exception[] {
  const rows = (is: (i: number) => boolean) => Array.from({ length }, (_, i) => i).filter(is);
  const mixed = rows((i) => (suspect[i] ?? 0) > 0 && (suspect[i] ?? 0) < (count[i] ?? 0));
  const corrected = (quality: Float64Array) => rows((i) => ((quality[i] ?? 0) & QUALITY.corrected) !== 0);
  return [
    { name: 'min', rows: mixed },
    { name: 'max', rows: mixed },
    { name: 'lowRaw', rows: corrected(lowQuality) },
    { name: 'highRaw', rows: corrected(highQuality) },
  ];
}

/** Where nothing is believed there is no first and no last. */
function known(value: number): number {
  return Number.isNaN(value) ? 0 : value;
}
