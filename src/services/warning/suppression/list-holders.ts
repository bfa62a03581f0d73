import type { shelfRoutes } from '#contract/warning';
import { HOLD_KINDS, type HoldKind, levelOf } from '#model/warning';
import { cutPage, readIdCursor, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';
import type { z } from 'zod';

type Holders = typeof shelfRoutes.listHolders;
type Held = typeof shelfRoutes.listHeldAlarms;

interface HolderRow {
  readonly by: string;
  readonly kind: HoldKind;
  readonly reason: string;
  readonly since: number;
  readonly until: number | null;
  readonly alarms: number;
  readonly worst: number;
}

/** What holds alarms back now within the caller's sight, that with the most behind it first. */
export async function listHolders(
  context: RequestContext,
  { query }: { readonly query: z.output<Holders['query']> },
): Promise<z.output<Holders['reply']>> {
  context.authorize('warning.read');
  return context.transaction(async (tx) => {
    const { rows } = await sql<HolderRow>`
      select h.held_by as by, h.kind, (array_agg(h.reason order by h.id desc))[1] as reason, min(h.held_at) as since,
        max(h.until) as until, count(*) as alarms, max(h.level) as worst
      from alarm_hold h where h.ended_at is null and ${context.reach('h')}
      group by h.held_by, h.kind order by alarms desc, since limit ${query.limit}`.execute(tx);
    return {
      items: rows.map((row) => ({ ...row, worst: levelOf(row.worst) ?? 'blue' })),
      held: await countHeld(tx),
      shelvedWarnings: await countShelved(tx),
    };
  });
}

async function countHeld(tx: Tx): Promise<Record<HoldKind, number>> {
  const { rows } = await sql<{ kind: HoldKind; n: number }>`
    select kind, count(*) as n from alarm_hold where ended_at is null group by kind`.execute(tx);
  const found = new Map(rows.map(({ kind, n }) => [kind, n]));
  return Object.fromEntries(HOLD_KINDS.map((kind) => [kind, found.get(kind) ?? 0])) as Record<
    HoldKind,
    number
  >;
}

async function countShelved(tx: Tx): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from warning w where w.state = 'open'
      and w.object_id in (select object_id from shelf where state = 'running') and shelf_of(w) is not null`.execute(
    tx,
  );
  return rows[0]?.n ?? 0;
}

type HeldRow = Omit<z.output<Held['reply']>['items'][number], 'level'> & {
  readonly hold: number;
  readonly level: number;
};

/** The alarms behind one of them, newest first. */
export async function listHeldAlarms(
  context: RequestContext,
  { query }: { readonly query: z.output<Held['query']> },
): Promise<z.output<Held['reply']>> {
  context.authorize('warning.read');
  const before = readIdCursor(query.after);
  return context.transaction(async (tx) => {
    const { rows } = await sql<HeldRow>`
      select h.id as hold, a.id, json_build_object('id', o.id, 'code', o.code, 'name', o.name) as object,
        json_build_object('code', a.item_code, 'name', coalesce(i.name, a.item_code)) as item, g.name as sign, p.code as point,
        a.level, a.raised_at as "raisedAt", a.value, h.reason, h.held_at as "heldAt"
      from alarm_hold h join alarm a on a.id = h.alarm_id join monitored_object o on o.id = a.object_id
      join sign g on g.id = a.sign_id join point p on p.id = a.point_id
      left join warning_item i on i.standard_id = g.standard_id and i.code = a.item_code
      where h.ended_at is null and h.held_by = ${query.by} and (${before} = 0 or h.id < ${before})
      order by h.id desc limit ${query.limit + 1}`.execute(tx);
    const { page, next } = cutPage(rows, query.limit, ({ hold }) => String(hold));
    return {
      items: page.map(({ hold: _hold, level, ...row }) => ({ ...row, level: levelOf(level) ?? null })),
      next,
    };
  });
}
