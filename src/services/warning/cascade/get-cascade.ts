import { AppError } from '#base';
import type { CascadeDetail, ReachedObject } from '#contract/warning';
import { levelOf } from '#model/warning';
import type { RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import { type CascadeRow, loadCascades, showCascade } from './cascade-view.ts';

/** Alarms and warnings under a cause that a page can still be read with. */
const MOST_SHOWN = 200;

/** One cascade with everything of it in sight. Throws `record.not-found`. */
export async function getCascade(
  context: RequestContext,
  { params }: { readonly params: { readonly id: number } },
): Promise<CascadeDetail> {
  context.authorize('warning.read');
  return context.transaction(async (tx) => {
    const row = await findCascade(tx, params.id);
    const cause = `${row.cause.kind}/${row.cause.id}`;
    return {
      ...showCascade(row, context.actor),
      source: await loadSource(tx, params.id, row),
      reaches: await loadReaches(tx, params.id),
      heldAlarms: await loadHeld(tx, cause),
      warnings: await loadGrouped(tx, cause),
    };
  });
}

/** Throws `record.not-found` also for what the caller may not see. */
export async function findCascade(tx: Tx, id: number): Promise<CascadeRow> {
  const [row] = await loadCascades(tx, sql`where c.id = ${id}`);
  if (!row) throw new AppError('record.not-found', { what: '连带影响', id: String(id) });
  return row;
}

/** By its name, or by the cause's words where the object itself is out of sight. */
async function loadSource(tx: Tx, id: number, { title }: CascadeRow): Promise<CascadeDetail['source']> {
  const { rows } = await sql<{ id: number; name: string | null }>`
    select c.object_id as id, o.name from cascade c left join monitored_object o on o.id = c.object_id where c.id = ${id}`.execute(
    tx,
  );
  return { id: rows[0]?.id ?? 0, name: rows[0]?.name ?? title };
}

/** What is still to come first, the soonest of it before all. */
async function loadReaches(tx: Tx, id: number): Promise<ReachedObject[]> {
  const { rows } = await sql<ReachedObject>`
    select json_build_object('id', r.object_id, 'name', r.object_name) as object,
      json_build_object('code', r.rule, 'name', coalesce(d.body->>'name', r.rule)) as rule, r.via, r.edge_kind as edge, r.depth,
      r.why, round(extract(epoch from r.expected_at - c.began_at) / 60)::int as "leadMinutes", r.expected_at as "expectedAt",
      r.until_at as "untilAt", r.outcome, r.settled_at as "settledAt", r.warning_id as warning
    from cascade_reach r join cascade c on c.id = r.cascade_id left join dependency_rule d on d.code = r.rule
    where r.cascade_id = ${id} order by r.outcome <> 'pending', r.expected_at, r.depth, r.object_id`.execute(
    tx,
  );
  return rows;
}

type HeldAlarm = CascadeDetail['heldAlarms'][number];

async function loadHeld(tx: Tx, cause: string): Promise<HeldAlarm[]> {
  const { rows } = await sql<Omit<HeldAlarm, 'level'> & { rank: number }>`
    select a.id as alarm, json_build_object('id', o.id, 'name', o.name) as object, coalesce(i.name, a.item_code) as item,
      greatest(a.level, 1) as rank, h.reason, h.held_at as "heldAt"
    from alarm_hold h join alarm a on a.id = h.alarm_id join monitored_object o on o.id = a.object_id
    left join lateral (
      select name from warning_item where code = a.item_code order by standard_id desc limit 1
    ) i on true
    where h.held_by = ${cause} and h.ended_at is null order by h.held_at, h.id limit ${MOST_SHOWN}`.execute(
    tx,
  );
  return rows.map(({ rank, ...row }) => ({ ...row, level: levelOf(rank) ?? 'blue' }));
}

type Grouped = CascadeDetail['warnings'][number];

async function loadGrouped(tx: Tx, cause: string): Promise<Grouped[]> {
  const { rows } = await sql<Omit<Grouped, 'level'> & { rank: number }>`
    select w.id, o.name as object, coalesce(i.name, w.item_code) as item, w.level as rank, w.opened_at as "openedAt"
    from warning w join monitored_object o on o.id = w.object_id
    left join lateral (
      select name from warning_item where code = w.item_code order by standard_id desc limit 1
    ) i on true
    where w.cause = ${cause} and w.state = 'open' order by w.level desc, w.opened_at, w.id limit ${MOST_SHOWN}`.execute(
    tx,
  );
  return rows.map(({ rank, ...row }) => ({ ...row, level: levelOf(rank) ?? 'blue' }));
}
