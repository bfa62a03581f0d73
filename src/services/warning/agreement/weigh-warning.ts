import type { Tx } from '#storage';
import { warningConfidence, type WarningConfidence } from '#workflow';
import { sql } from 'kysely';

import type { ConfidencesOf, EvidenceRow } from '../evidence-view.ts';
import { agreeSettings } from './agree-settings.ts';
import { neighboursOf } from './neighbours.ts';
import { witnessesOf } from './witnesses.ts';

interface Weighed {
  readonly rows: readonly EvidenceRow[];
  readonly confidences: Awaited<ReturnType<ConfidencesOf>>;
  /** Epoch ms. */
  readonly now: number;
}

/** How sure what these alarms say is (可信度), as far as the transaction sees what is near; null without any alarm. */
export async function weighWarning(
  tx: Tx,
  { rows, confidences, now }: Weighed,
): Promise<{ value: number; parts: WarningConfidence['parts'][number][] } | null> {
  const standing = rows.filter(({ level }) => level > 0);
  const told = standing.length > 0 ? standing : rows;
  const [worst] = told.toSorted((a, b) => b.level - a.level);
  if (!worst) return null;
  const { neighbourMetres } = (await agreeSettings(tx))(worst.scenario);
  const near = await neighboursOf(
    tx,
    { point: worst.point_id, sign: worst.sign },
    { metres: neighbourMetres, now },
  );
  const { value, parts } = warningConfidence({
    data: best(told, confidences),
    neighbours: {
      heard: near.length,
      agreeing: near.filter(({ level }) => level > 0 && level >= worst.level).length,
    },
    others: await othersOf(tx, worst, told),
    suspectedOnly: told.every(({ sensing }) => sensing === 'video' || sensing === 'social'),
    verifiedBy: await verifierOf(
      tx,
      rows.map(({ alarm }) => alarm),
    ),
    ageMs: await ageOf(tx, told, now),
  });
  return { value, parts: [...parts] };
}

function best(rows: readonly EvidenceRow[], confidences: Weighed['confidences']) {
  return rows
    .map(({ point_id }) => confidences.get(point_id))
    .reduce<{ value: number; reasons: readonly string[] } | null>(
      (found, one) => (one && (found === null || one.value > found.value) ? one : found),
      null,
    );
}

/** What is not among its own evidence already. */
async function othersOf(
  tx: Tx,
  worst: EvidenceRow,
  told: readonly EvidenceRow[],
): Promise<readonly string[]> {
  const { alarm, object_id: object, scenario, sensing, raised_at: at, session } = worst;
  const found = await witnessesOf(tx, [{ alarm, object, scenario, sensing, at, session }]);
  const kinds = new Set(told.map((row) => row.sensing)).size;
  return [...(kinds > 1 ? ['不同来源的体征同时成立'] : []), ...(found.get(alarm) ?? [])].slice(0, 5);
}

async function verifierOf(tx: Tx, alarms: readonly number[]): Promise<string | null> {
  const { rows } = await sql<{ by: string }>`
    select decided_by as by from verification
    where alarm_id = any(${alarms}::bigint[]) and decision = 'confirmed' order by id desc limit 1`.execute(
    tx,
  );
  return rows[0]?.by ?? null;
}

async function ageOf(tx: Tx, rows: readonly EvidenceRow[], now: number): Promise<number | null> {
  // A replay has a clock of its own.
  if (rows.some(({ session }) => session !== null)) return null;
  const { rows: found } = await sql<{ at: number | null }>`
    select max(observed_at) as at from point_state
    where point_id = any(${rows.map(({ point_id }) => point_id)}::int[])`.execute(tx);
  const at = found[0]?.at ?? null;
  return at === null ? null : Math.max(0, now - at);
}
