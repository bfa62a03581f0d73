import { SERVICE_KIND_TEXT, type ServiceKind } from '#model/monitoring';
import { LEVEL_TEXT, levelOf } from '#model/warning';
import type { Tx } from '#storage';
import { type Cause, type StandingAlarm, SuppressionIndex } from '#workflow';
import { sql } from 'kysely';

import { type SpokenShelf, shelfText } from '../shelves/shelf-text.ts';

/** What is asked about: the alarms' points, objects and items. */
interface Asked {
  readonly point: number;
  readonly object: number;
  readonly item: string;
}

/**
 * Everything that may hold these alarms back at `now` (epoch ms, wall clock): shelves, windows of service, and rules with what stands
 * where they look. One statement each, whatever the number of alarms.
 */
export async function loadSuppressions(
  tx: Tx,
  alarms: readonly Asked[],
  now: number,
): Promise<SuppressionIndex> {
  const index = new SuppressionIndex();
  const objects = [...new Set(alarms.map(({ object }) => object))];
  await addShelves(tx, index, objects, now);
  await addWindows(tx, index, [...new Set(alarms.map(({ point }) => point))], now);
  await addRules(tx, index, { objects, items: [...new Set(alarms.map(({ item }) => item))] }, now);
  return index;
}

interface ShelfRow extends SpokenShelf {
  readonly id: number;
  readonly object: number;
  readonly point: number | null;
  readonly sign: string | null;
  readonly item: string | null;
  readonly from: number;
}

async function addShelves(
  tx: Tx,
  index: SuppressionIndex,
  objects: readonly number[],
  now: number,
): Promise<void> {
  const { rows } = await sql<ShelfRow>`
    select id, object_id as object, point_id as point, sign_code as sign, item_code as item, level, made_by as "madeBy",
      reason_kind as "reasonKind", reason, from_at as "from", until
    from shelf where state = 'running' and object_id = any(${[...objects]}::int[])`.execute(tx);
  for (const row of rows) {
    const { id, object, point, sign, item, level, from, until } = row;
    const hold = {
      kind: 'shelved',
      by: `shelf/${id}`,
      reason: shelfText(row, now),
      until,
      upTo: level,
    } as const;
    if (point !== null && sign !== null) index.add({ over: 'sign', point, sign }, { hold, from });
    else if (item === null) index.add({ over: 'object', object }, { hold, from });
    else index.add({ over: 'item', object, item }, { hold, from });
  }
}

interface WindowRow {
  readonly id: number;
  readonly point: number;
  /** Null: all signs of the point. */
  readonly sign: string | null;
  readonly kind: ServiceKind;
  readonly by: string;
  readonly reason: string;
  readonly from: number;
  readonly until: number | null;
}

async function addWindows(
  tx: Tx,
  index: SuppressionIndex,
  points: readonly number[],
  now: number,
): Promise<void> {
  const { rows } = await sql<WindowRow>`
    select w.id, s.point_id as point, s.sign_code as sign, w.kind, w.made_by as by, w.reason, w.from_at as "from", w.to_at as until
    from serviced_sign s join service_window w on w.id = s.window_id
    where s.point_id = any(${[...points]}::int[]) and s.from_at <= ${new Date(now)} and s.to_at > ${new Date(now)}`.execute(
    tx,
  );
  for (const { id, point, sign, kind, by, reason, from, until } of rows) {
    const said = `${by}登记${SERVICE_KIND_TEXT[kind]}：${reason}`;
    const hold = { kind: 'out-of-service', by: `service-window/${id}`, reason: said, until } as const;
    index.add(sign === null ? { over: 'point', point } : { over: 'sign', point, sign }, { hold, from });
  }
}

interface RuleRow {
  readonly id: number;
  readonly name: string;
  readonly reason: string;
  readonly level: number;
  readonly item: string;
  readonly target: number;
  readonly cause_kind: Cause['kind'];
  readonly cause_code: string;
  readonly cause_level: number;
  /** An alarm that stands where the rule looks. */
  readonly standing: StandingAlarm & { readonly name: string };
}

async function addRules(
  tx: Tx,
  index: SuppressionIndex,
  { objects, items }: { readonly objects: readonly number[]; readonly items: readonly string[] },
  now: number,
): Promise<void> {
  const { rows } = await sql<RuleRow>`
    select r.id, r.name, r.reason, r.level, r.item_code as item, q.target, r.cause_kind, r.cause_code, r.cause_level,
      json_build_object('object', a.object_id, 'session', coalesce(a.replay_session_id, 0), 'point', p.code, 'sign', g.code,
        'item', a.item_code, 'level', a.level, 'name', o.name) as standing
    from suppressed_at(${[...objects]}::int[], ${[...items]}::text[], ${new Date(now)}) q
    join suppression_rule r on r.id = q.rule_id join alarm a on a.id = q.alarm_id
    join point p on p.id = a.point_id join sign g on g.id = a.sign_id join monitored_object o on o.id = a.object_id`.execute(
    tx,
  );
  const standing = new Set<string>();
  for (const row of rows) {
    const { standing: alarm, cause_kind: kind, cause_code: code, cause_level: level } = row;
    const key = `${alarm.object} ${alarm.point} ${alarm.sign} ${alarm.session}`;
    if (!standing.has(key)) index.stand(alarm);
    standing.add(key);
    const said = `${alarm.name}${LEVEL_TEXT[levelOf(alarm.level) ?? 'blue']}报警期间不另行预警（规则“${row.name}”：${row.reason}）`;
    const hold = {
      kind: 'suppressed',
      by: `suppression-rule/${row.id}`,
      reason: said,
      until: null,
      upTo: row.level,
    } as const;
    const target = { object: row.target, item: row.item };
    index.addRule(target, { hold, from: 0, cause: { object: alarm.object, kind, code, level } });
  }
}
