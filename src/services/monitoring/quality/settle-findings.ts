import { DATA_REASON_TEXT, type DataReason } from '#model/monitoring';
import { deviceKey } from '#model/operations';
import { announce } from '#services/context';
import type { Tx } from '#storage';
import { type DataFinding, dataFindings, type PoorPoint } from '#workflow';
import { sql } from 'kysely';

import type { PointBook } from '../point-book.ts';

interface OpenFinding extends Omit<DataFinding, 'points'> {
  readonly id: number;
  readonly points: readonly number[];
  readonly place: number;
  readonly scenario: number;
}

interface Poor {
  readonly book: PointBook;
  readonly reasons: readonly (readonly [number, DataReason])[];
}

/**
 * Brings the findings to what is poor now: new ones open and are announced (`data.poor`), those whose cause is gone end
 * (`data.restored`), others only follow which points they are about.
 */
export async function settleFindings(tx: Tx, { book, reasons }: Poor, now: number): Promise<void> {
  const { rows: open } = await sql<OpenFinding>`
    select id, subject_kind as "subjectKind", subject_id as "subjectId", reason, point_ids as points, place, scenario
    from quality_finding where ended_at is null`.execute(tx);
  if (reasons.length === 0 && open.length === 0) return;
  const { poor, devicesOf } = await loadPoor(tx, book, reasons);
  const found = new Map(dataFindings(poor, { devicesOf, open }).map((one) => [keyOf(one), one]));
  for (const one of open) {
    const still = found.get(keyOf(one));
    found.delete(keyOf(one));
    if (!still) await end(tx, one, now);
    else if (String(still.points) !== String(one.points))
      await sql`update quality_finding set point_ids = ${[...still.points]}::int[] where id = ${one.id}`.execute(
        tx,
      );
  }
  for (const one of found.values()) await begin(tx, one, { book, now });
}

const keyOf = ({ subjectKind, subjectId, reason }: Omit<DataFinding, 'points'>): string =>
  `${subjectKind} ${subjectId} ${reason}`;

async function loadPoor(
  tx: Tx,
  book: PointBook,
  reasons: Poor['reasons'],
): Promise<{ readonly poor: readonly PoorPoint[]; readonly devicesOf: ReadonlyMap<string, number> }> {
  const ids = [...new Set(reasons.map(([id]) => book.get(id)?.deviceId ?? 0))];
  const devices = await tx
    .selectFrom('device')
    .select(['id', 'protocol', 'code'])
    .where('id', 'in', [...ids, 0])
    .execute();
  const byId = new Map(devices.map((one) => [one.id, one]));
  const { rows } = await sql<{ line: string; devices: number }>`
    select protocol as line, count(*) as devices from device where replay_session_id is null group by 1`.execute(
    tx,
  );
  const poor = reasons.flatMap(([id, reason]): PoorPoint[] => {
    const point = book.get(id);
    if (!point) return [];
    const device = byId.get(point.deviceId ?? 0);
    return [
      {
        point: id,
        code: point.code,
        device: device ? deviceKey(device.protocol, device.code) : null,
        line: device?.protocol ?? null,
        reason,
      },
    ];
  });
  return { poor, devicesOf: new Map(rows.map(({ line, devices: n }) => [line, n])) };
}

async function begin(
  tx: Tx,
  finding: DataFinding,
  { book, now }: { readonly book: PointBook; readonly now: number },
): Promise<void> {
  const { subjectKind, subjectId, points } = finding;
  const first = book.get(points[0] ?? 0);
  const place = first?.place ?? 0;
  const scenario = first?.scenario ?? 0;
  const text = textOf(finding);
  const { rows } = await sql<{ id: number }>`
    insert into quality_finding (subject_kind, subject_id, reason, text, point_ids, place, scenario, since, opened_at)
    values (${subjectKind}, ${subjectId}, ${finding.reason}, ${text}, ${[...points]}::int[], ${place}, ${scenario}, ${new Date(now)}, ${new Date(now)})
    returning id`.execute(tx);
  await announceFinding(tx, 'data.poor', {
    ...finding,
    id: rows[0]?.id ?? 0,
    place,
    scenario,
    text,
    at: now,
  });
}

async function end(tx: Tx, one: OpenFinding, now: number): Promise<void> {
  await sql`update quality_finding set ended_at = ${new Date(now)} where id = ${one.id}`.execute(tx);
  await announceFinding(tx, 'data.restored', { ...one, text: `数据恢复正常：不再${textOf(one)}`, at: now });
}

const textOf = ({ reason, points }: DataFinding): string => {
  const why = DATA_REASON_TEXT[reason as DataReason];
  return points.length > 1 ? `${why}（${points.length} 个监测点）` : why;
};

async function announceFinding(
  tx: Tx,
  type: 'data.poor' | 'data.restored',
  one: OpenFinding & { readonly text: string; readonly at: number },
): Promise<void> {
  const { id, subjectKind, subjectId, reason, text, at, place, scenario } = one;
  const payload = { id, subjectKind, subjectId, reason, text, since: at };
  await announce(tx, [{ type, at, place, scenario, payload }]);
}
