import { QUALITY } from '#model/monitoring';
import type { ReadingColumns, Tx } from '#storage';
import { sql } from 'kysely';

/** A correction of a point that stands; moments in epoch ms, both inside. */
export interface Corrected {
  readonly from: number;
  readonly to: number;
  readonly kind: 'bad' | 'correct';
  readonly scale: number;
  readonly shift: number;
}

/** Corrections of a point that touch a stretch of time, newest first: where several do, the newest holds. */
export async function loadCorrections(
  tx: Tx,
  point: number,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<readonly Corrected[]> {
  const { rows } = await sql<Corrected>`
    select extract(epoch from from_at)::float8 * 1000 as from, extract(epoch from to_at)::float8 * 1000 as to, kind, scale, shift
    from reading_correction where point_id = ${point} and withdrawn_at is null
      and from_at < to_timestamp(${to} / 1000.0) and to_at >= to_timestamp(${from} / 1000.0)
    order by id desc`.execute(tx);
  return rows;
}

const holdsAt = (corrections: readonly Corrected[], at: number): Corrected | undefined =>
  corrections.find(({ from, to }) => at >= from && at <= to);

/** Shows readings as people have corrected them, in place: values, and the marks `bad` and `corrected`. */
export function correct(columns: ReadingColumns, corrections: readonly Corrected[]): void {
  if (corrections.length === 0) return;
  const { observedAt, value, quality, length } = columns;
  for (let i = 0; i < length; i += 1) {
    const held = holdsAt(corrections, observedAt[i] ?? 0);
    if (!held) continue;
    quality[i] = (quality[i] ?? 0) | (held.kind === 'bad' ? QUALITY.bad : QUALITY.corrected);
    if (held.kind === 'correct') value[i] = (value[i] ?? 0) * held.scale + held.shift;
  }
}

/** What was sent, of a reading as it is shown; null where nobody has changed its value. */
export function rawOf(
  { at, value }: { readonly at: number; readonly value: number },
  corrections: readonly Corrected[],
): number | null {
  const held = holdsAt(corrections, at);
  return held?.kind === 'correct' ? (value - held.shift) / held.scale : null;
}
