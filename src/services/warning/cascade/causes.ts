import type { Event } from '#bus';
import { FAULT_KIND_RULES, type FaultKind } from '#model/operations';
import { type CascadeCause, LEVEL_TEXT, levelOf } from '#model/warning';
import type { Tx } from '#storage';
import type { GraphCause } from '#workflow';
import { sql } from 'kysely';

/** A warning or a fault that may bring others about. */
export interface Cause {
  readonly kind: CascadeCause;
  readonly id: number;
  readonly object: number;
  readonly place: number;
  readonly scenario: number;
  /** 1 blue … 4 red; 0 for a fault. */
  readonly level: number;
  readonly graph: GraphCause;
  /** In a few words: 世纪大道雨量站 暴雨橙色预警. */
  readonly title: string;
  /** When it came to its level: what follows is counted from then, however long it had stood lower. */
  readonly at: number;
  readonly session: number | null;
  readonly simulated: boolean;
}

export function causeName({ kind, id }: Pick<Cause, 'kind' | 'id'>): string {
  return `${kind}/${id}`;
}

/** A fault counts as at least orange: its object is out. */
const FAULT_RANK = 3;

/** What the events tell of new or worse causes, the worst first; of a warning that is told of twice the worst. */
export async function causesOf(tx: Tx, events: readonly Event[]): Promise<readonly Cause[]> {
  const warnings = await warningCauses(tx, idsOf(events, ['warning.raised', 'warning.upgraded']));
  const faults = await faultCauses(tx, idsOf(events, ['fault.opened', 'fault.changed']));
  return [...faults, ...warnings.toSorted((a, b) => b.level - a.level)];
}

function idsOf(events: readonly Event[], types: readonly string[]): readonly number[] {
  return [...new Set(events.filter(({ type }) => types.includes(type)).map(({ payload }) => payload.id))];
}

interface WarningRow {
  readonly id: number;
  readonly object: number;
  readonly object_name: string;
  readonly item: string;
  readonly item_name: string;
  readonly place: number;
  readonly scenario: number;
  readonly level: number;
  readonly changed_at: number;
  readonly session: number | null;
  readonly simulated: boolean;
}

/** Warnings that are open still, as they stand now. */
async function warningCauses(tx: Tx, ids: readonly number[]): Promise<readonly Cause[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<WarningRow>`
    select w.id, w.object_id as object, m.name as object_name, w.item_code as item, coalesce(i.name, w.item_code) as item_name,
      w.place, w.scenario, w.level, w.changed_at, w.replay_session_id as session, w.simulated
    from warning w join monitored_object m on m.id = w.object_id
    left join lateral (
      select name from warning_item where code = w.item_code order by standard_id desc limit 1
    ) i on true
    where w.id = any(${[...ids]}::bigint[]) and w.state = 'open' order by w.id`.execute(tx);
  return rows.map(({ object_name: object, item_name: item, changed_at: at, ...row }) => ({
    ...row,
    kind: 'warning',
    at,
    title: `${object} ${item}${LEVEL_TEXT[levelOf(row.level) ?? 'blue']}预警`,
    graph: { items: new Set([row.item]), level: row.level },
  }));
}

interface FaultRow {
  readonly id: number;
  readonly kind: FaultKind;
  readonly object: number;
  readonly name: string;
  readonly place: number;
  readonly scenario: number;
  readonly opened_at: number;
  readonly simulated: boolean;
}

/** Faults that stand now, at the object that their device or point watches. */
async function faultCauses(tx: Tx, ids: readonly number[]): Promise<readonly Cause[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<FaultRow>`
    select distinct on (f.id) f.id, f.kind, o.id as object, o.name, o.place, o.scenarios[1] as scenario, f.opened_at, f.simulated
    from fault f join lateral (
      select p.id, p.object_id from point p where f.subject_kind = 'point' and p.code = f.subject
      union
      select p.id, p.object_id from device d join device_factor x on x.device_id = d.id join point p on p.id = x.point_id
      where f.subject_kind = 'device' and d.protocol = split_part(f.subject, '/', 1)
        and d.code = substr(f.subject, strpos(f.subject, '/') + 1)
    ) p on true
    join monitored_object o on o.id = p.object_id
    where f.id = any(${[...ids]}::bigint[]) and f.state not in ('resolved', 'closed') order by f.id, p.id`.execute(
    tx,
  );
  return rows.map(({ kind, name, opened_at: at, ...row }) => ({
    ...row,
    kind: 'fault',
    level: 0,
    at,
    session: null,
    title: `${name} ${FAULT_KIND_RULES[kind].text}`,
    graph: { items: new Set<string>(), fault: kind, level: FAULT_RANK },
  }));
}
