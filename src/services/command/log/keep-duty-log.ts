import type { Event } from '#bus';
import { announce } from '#services/context';
import { recordset, type Tx } from '#storage';
import { sql } from 'kysely';

import { eventText, type Subject } from './event-text.ts';
import { gatherFlood, type Line } from './gather-flood.ts';

interface Platform {
  readonly id: number;
  readonly name: string;
  readonly place: number;
  readonly place_to: number;
  readonly scenario: number | null;
}

/**
 * Writes into the duty logs what the system did: into that of the scenario's platform, and a copy into that of the town. In a
 * flood the lines above twenty a minute, platform and kind are counted in one. Told twice it writes once.
 */
export async function keepDutyLog(tx: Tx, events: readonly Event[]): Promise<void> {
  const subjectOf = await loadSubjects(tx, events);
  const { byScenario, towns } = await loadKeepers(tx);
  const lines = events.flatMap((event): readonly Line[] => {
    const text = eventText(event, subjectOf(event));
    if (text === undefined) return [];
    const { ofScenario } = event.payload;
    const scenario = byScenario.get(event.scenario ?? (typeof ofScenario === 'number' ? ofScenario : 0));
    const town = towns.find(({ place, place_to: to }) => {
      const at = event.place ?? -1;
      return at >= place && at <= to;
    });
    return [
      ...(scenario ? [lineOf(event, text, { platform: scenario, copy: false })] : []),
      ...(town ? [lineOf(event, text, { platform: town, copy: scenario !== undefined })] : []),
    ];
  });
  const { single, counted } = await gatherFlood(tx, lines);
  await insertSingle(tx, single);
  await countFlood(tx, counted);
  await tell(tx, [...single, ...counted]);
}

function lineOf(
  event: Event,
  text: string,
  { platform, copy }: { readonly platform: Platform; readonly copy: boolean },
): Line {
  const { id, session, simulated, warning } = event.payload;
  const ofWarning = event.type.startsWith('warning.');
  return {
    seq: event.seq,
    type: event.type,
    at: event.at,
    platform: platform.id,
    place: platform.place,
    scenario: platform.scenario,
    text,
    warning: ofWarning ? id : typeof warning === 'number' ? warning : null,
    order: event.type.startsWith('work-order.') ? id : null,
    copy,
    session: typeof session === 'number' ? session : null,
    simulated: simulated === true,
  };
}

/** Names of the objects, items and orders that events are about, in two statements. */
async function loadSubjects(tx: Tx, events: readonly Event[]): Promise<(event: Event) => Subject> {
  const of = (type: string): number[] =>
    events.filter((event) => event.type.startsWith(type)).map((event) => event.payload.id);
  const item = sql`coalesce((select i.name from warning_item i where i.code = w.item_code
    order by i.standard_id desc limit 1), w.item_code)`;
  const { rows: warnings } = await sql<Subject & { id: number }>`
    select w.id, m.name as object, ${item} as item, null as order
    from warning w join monitored_object m on m.id = w.object_id where w.id = any(${of('warning.')}::bigint[])`.execute(
    tx,
  );
  const { rows: orders } = await sql<Subject & { id: number }>`
    select w.id, m.name as object, ${item} as item, w.code as order
    from work_order w join monitored_object m on m.id = w.object_id where w.id = any(${of('work-order.')}::bigint[])`.execute(
    tx,
  );
  const byWarning = new Map(warnings.map((row) => [row.id, row]));
  const byOrder = new Map(orders.map((row) => [row.id, row]));
  return ({ type, payload }) => {
    const found = (type.startsWith('warning.') ? byWarning : byOrder).get(payload.id);
    return found ?? { object: '监测对象', item: '', order: `#${payload.id}` };
  };
}

async function loadKeepers(tx: Tx): Promise<{
  readonly byScenario: ReadonlyMap<number, Platform>;
  readonly towns: readonly Platform[];
}> {
  const { rows } = await sql<Platform & { kind: string }>`
    select id, name, kind, place, place_to, scenario from platform
    where place is not null and (kind = 'town' or scenario is not null and kind in ('scenario', 'industry'))`.execute(
    tx,
  );
  return {
    byScenario: new Map(rows.flatMap((row) => (row.scenario === null ? [] : [[row.scenario, row] as const]))),
    towns: rows.filter((row) => row.kind === 'town'),
  };
}

async function insertSingle(tx: Tx, lines: readonly Line[]): Promise<void> {
  if (lines.length === 0) return;
  await sql`
    insert into duty_log (platform_id, place, scenario, at, kind, text, event_type, warning_id, work_order_id, copy,
      replay_session_id, simulated, idempotency_key)
    select platform, place, scenario, to_timestamp(at / 1000.0), 'system', text, type, warning, "order", copy, session,
      simulated, 'event:' || seq
    from ${recordset(
      lines,
      sql`r(seq bigint, type text, at float8, platform int, place int, scenario int2, text text, warning bigint,
        "order" bigint, copy boolean, session int, simulated boolean)`,
    )}
    on conflict (platform_id, idempotency_key) where idempotency_key is not null do nothing`.execute(tx);
}

/** The counted line of a minute grows as long as the flood does; events up to its last one are counted already. */
async function countFlood(
  tx: Tx,
  lines: readonly (Line & { readonly bucket: string; readonly count: number })[],
): Promise<void> {
  if (lines.length === 0) return;
  await sql`
    insert into duty_log (platform_id, place, scenario, at, kind, text, event_type, copy, replay_session_id, simulated,
      idempotency_key, count, last_seq)
    select platform, place, scenario, to_timestamp(at / 1000.0), 'system', text, type, copy, session, simulated, bucket,
      count, seq
    from ${recordset(
      lines,
      sql`r(seq bigint, type text, at float8, platform int, place int, scenario int2, text text, copy boolean, session int,
        simulated boolean, bucket text, count int)`,
    )}
    on conflict (platform_id, idempotency_key) where idempotency_key is not null do update
      set count = duty_log.count + excluded.count, last_seq = excluded.last_seq
      where duty_log.last_seq < excluded.last_seq`.execute(tx);
}

/** One event per log, however many lines it got. */
async function tell(tx: Tx, lines: readonly Line[]): Promise<void> {
  const newest = new Map(lines.map((line) => [line.platform, line]));
  await announce(
    tx,
    [...newest.values()].map(({ platform, place, scenario, at, text }) => ({
      type: 'duty.log-added',
      at,
      place,
      scenario,
      payload: { id: platform, text: text.slice(0, 200).toWellFormed() },
    })),
  );
}
