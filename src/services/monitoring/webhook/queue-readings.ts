import { momentText } from '#contract/monitoring';
import type { SystemContext } from '#services/context';
import { readHistory, type ReadingColumns, type Tx } from '#storage';
import { sql } from 'kysely';

import { readingCells } from '../export/reading-cells.ts';
import type { PointView } from '../point-view.ts';
import { itemPoints } from '../sharing/item-points.ts';

/** Readings of one message, and of one round of a webhook. */
const MESSAGE = 1000;
const ROUND = 20_000;
const POINTS_MOST = 2000;
const DAY_MS = 86_400_000;

interface Due {
  readonly id: number;
  readonly grant: number;
  readonly item: number;
  readonly unit: string;
  readonly queued_to: number;
}

/**
 * Queues for every webhook what was received of its grant since the last time: live readings, in the order in which they were
 * received, observed up to a day before. Gives how many messages there are.
 */
export async function queueReadings(context: SystemContext): Promise<number> {
  const now = context.now();
  const due = await context.transaction((tx) => loadDue(tx, now));
  let queued = 0;
  for (const one of due) queued += await context.transaction((tx) => queueOne(tx, one, now));
  return queued;
}

async function loadDue(tx: Tx, now: number): Promise<readonly Due[]> {
  const at = new Date(now);
  const { rows } = await sql<Due>`
    select h.id, g.id as grant, g.item_id as item, g.unit, greatest(h.queued_to, g.from_at) as queued_to
    from webhook h join shared_grant g on g.id = h.grant_id
    where h.removed_at is null and h.paused_at is null and g.ended_at is null and ${at} between g.from_at and g.to_at order by h.id`.execute(
    tx,
  );
  return rows;
}

async function queueOne(tx: Tx, due: Due, now: number): Promise<number> {
  const points = await itemPoints(tx, due.item, POINTS_MOST);
  const history = await readHistory(tx, {
    points: points.slice(0, POINTS_MOST).map(({ id }) => id),
    from: due.queued_to - DAY_MS,
    to: now + DAY_MS,
    receivedFrom: due.queued_to + 1,
    rows: 'live',
  });
  const rows = points
    .flatMap((point) => rowsOf(point, history.get(point.id), due.queued_to))
    .toSorted((a, b) => a.receivedAt - b.receivedAt);
  // Whatever was received at the last moment that is taken is taken as a whole: the next round begins behind it.
  const last = rows[Math.min(rows.length, ROUND) - 1]?.receivedAt;
  if (last === undefined) return 0;
  const taken = rows.filter(({ receivedAt }) => receivedAt <= last);
  const messages = Array.from({ length: Math.ceil(taken.length / MESSAGE) }, (_, n) => {
    const readings = taken.slice(n * MESSAGE, (n + 1) * MESSAGE).map(({ shown }) => shown);
    const body = JSON.stringify({ type: 'readings', grant: due.grant, unit: due.unit, readings });
    return { n, body, readings: readings.length };
  });
  await sql`
    insert into webhook_delivery (webhook_id, message_id, kind, body, readings, created_at, next_at, place, scenarios)
    select h.id, 'readings-' || ${String(last)} || '-' || m.n, 'readings', m.body, m.readings, ${new Date(now)}, ${new Date(now)},
      h.place, h.scenarios
    from json_to_recordset(${JSON.stringify(messages)}::json) m(n int, body text, readings int), webhook h
    where h.id = ${due.id} order by m.n
    on conflict (webhook_id, message_id) do nothing`.execute(tx);
  await sql`update webhook set queued_to = ${new Date(last)} where id = ${due.id}`.execute(tx);
  return messages.length;
}

interface Row {
  readonly receivedAt: number;
  readonly shown: object;
}

function rowsOf(point: PointView, columns: ReadingColumns | undefined, after: number): readonly Row[] {
  if (!columns) return [];
  const rows: Row[] = [];
  for (let i = 0; i < columns.length; i += 1) {
    const receivedAt = columns.receivedAt[i] ?? 0;
    if (receivedAt <= after) continue;
    const { observedAt, value, raw, suspect, marks, source } = readingCells(columns, i);
    const shown = {
      point: point.code,
      object: point.object,
      element: point.element,
      unit: point.unit,
      observedAt: momentText(observedAt),
      value,
      ...(raw !== null && { raw }),
      quality: suspect ? 'suspect' : 'good',
      marks,
      source,
      simulated: point.simulated,
    };
    rows.push({ receivedAt, shown });
  }
  return rows;
}
