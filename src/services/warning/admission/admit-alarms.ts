import { type HoldKind, levelOf, LEVEL_TEXT } from '#model/warning';
import { announce, auditRule } from '#services/context';
import { recordset, type Tx } from '#storage';
import { admitAlarm, type Hold, type KeptHold } from '#workflow';
import { sql } from 'kysely';

import { type AlarmCase, loadCases } from './alarm-case.ts';
import { GATES } from './gates.ts';

/** What one event tells of an alarm; level 0 is normal. */
export interface AlarmTold {
  readonly id: number;
  readonly toLevel: number;
}

interface Held {
  readonly alarm: AlarmCase;
  readonly hold: Hold;
  /** It is normal again by the end of the batch. */
  readonly over: boolean;
}

/**
 * Which of the alarms told of may feed a warning, for a batch in its order. Those that something holds are written down with
 * what and why; holds that no longer hold are ended. What is told of an alarm whose warning is over is no news.
 * Gives those that may, each with what it went past because it is worse than that holds. `now` is the wall clock (epoch ms).
 */
export async function admitAlarms(
  tx: Tx,
  told: readonly AlarmTold[],
  now: number,
): Promise<ReadonlyMap<number, string | undefined>> {
  const cases = await loadCases(
    tx,
    told.map(({ id }) => id),
  );
  const worst = new Map<number, number>();
  const last = new Map<number, number>();
  for (const { id, toLevel } of told) {
    worst.set(id, Math.max(worst.get(id) ?? 0, toLevel));
    last.set(id, toLevel);
  }
  const alarms = [...cases.values()]
    .filter(({ over }) => !over)
    .map((alarm) => ({ ...alarm, level: worst.get(alarm.id) ?? 0 }));
  const holds = await holdsOf(
    tx,
    alarms.filter(({ level }) => level > 0),
    now,
  );
  const admitted = new Map<number, string | undefined>();
  const held: Held[] = [];
  const ended: (KeptHold & { readonly why: string })[] = [];
  for (const alarm of alarms) {
    const isNormal = last.get(alarm.id) === 0;
    const answer = admitAlarm(alarm, isNormal && alarm.level === 0 ? [] : (holds.get(alarm.id) ?? []));
    // One that was only held, or never told to stand, has nothing to take back from a warning.
    if (answer.admitted && (alarm.feedsWarning || alarm.level > 0))
      admitted.set(alarm.id, passedText(answer.passed));
    held.push(...answer.opened.map((hold) => ({ alarm, hold, over: isNormal })));
    const open = isNormal ? alarm.kept.filter((one) => one.open) : answer.ended;
    ended.push(...open.map((one) => ({ ...one, why: isNormal ? NORMAL : NO_LONGER })));
  }
  await keep(tx, held, now);
  await end(tx, ended, now);
  await worsen(
    tx,
    alarms.filter(({ id, kept }) => !admitted.has(id) && kept.some((one) => one.open)),
  );
  return admitted;
}

const PASSED_TEXT: Readonly<Record<HoldKind, string>> = {
  verify: '待核实',
  shelved: '搁置',
  suppressed: '抑制',
  'out-of-service': '停用',
};

/** `高于搁置的黄色，越级发出`; undefined where it went past nothing. */
function passedText(passed: readonly Hold[]): string | undefined {
  const [first] = passed.toSorted((a, b) => (b.upTo ?? 0) - (a.upTo ?? 0));
  if (!first) return undefined;
  return `高于${PASSED_TEXT[first.kind]}的${LEVEL_TEXT[levelOf(first.upTo ?? 0) ?? 'blue']}，越级发出`;
}

const NORMAL = '报警已自行恢复';
const NO_LONGER = '不再需要拦下：等级已变，或拦下它的规则不再适用';

async function holdsOf(
  tx: Tx,
  alarms: readonly AlarmCase[],
  now: number,
): Promise<ReadonlyMap<number, readonly Hold[]>> {
  const all = new Map<number, readonly Hold[]>();
  if (alarms.length === 0) return all;
  for (const gate of GATES) {
    for (const [id, holds] of await gate(tx, alarms, now)) all.set(id, [...(all.get(id) ?? []), ...holds]);
  }
  return all;
}

async function keep(tx: Tx, held: readonly Held[], now: number): Promise<void> {
  if (held.length === 0) return;
  const rows = held.map(({ alarm, hold, over }) => ({
    alarm_id: alarm.id,
    kind: hold.kind,
    held_by: hold.by,
    level: alarm.level,
    place: alarm.place,
    scenario: alarm.scenario,
    reason: hold.reason,
    until: hold.until,
    ended: over ? NORMAL : null,
  }));
  await sql`
    insert into alarm_hold (alarm_id, kind, held_by, level, place, scenario, reason, held_at, until, ended_at, ended_why)
    select alarm_id, kind, held_by, level, place, scenario, reason, to_timestamp(${now / 1000}::float8),
      to_timestamp(until / 1000.0), case when ended is not null then to_timestamp(${now / 1000}::float8) end, ended
    from ${recordset(
      rows,
      sql`r(alarm_id bigint, kind text, held_by text, level int2, place int, scenario int2, reason text, until float8, ended text)`,
    )}`.execute(tx);
  await auditRule(
    tx,
    { rule: 'admit-alarms', at: now },
    held.map(({ alarm, hold }) => ({
      action: 'alarm.held',
      subject: `alarm/${alarm.id}`,
      place: alarm.place,
      scenario: alarm.scenario,
      after: { kind: hold.kind, by: hold.by, reason: hold.reason },
    })),
  );
  await announce(
    tx,
    held.map(({ alarm, hold }) => ({
      type: 'alarm.held',
      at: now,
      place: alarm.place,
      scenario: alarm.scenario,
      payload: {
        id: alarm.id,
        object: alarm.object,
        item: alarm.item,
        level: levelOf(alarm.level) ?? 'blue',
        text: `${LEVEL_TEXT[levelOf(alarm.level) ?? 'blue']}报警没有成为预警：${hold.reason}`,
        session: alarm.session,
        simulated: alarm.simulated,
      },
    })),
  );
}

async function end(
  tx: Tx,
  ended: readonly (KeptHold & { readonly why: string })[],
  now: number,
): Promise<void> {
  if (ended.length === 0) return;
  await sql`update alarm_hold h set ended_at = to_timestamp(${now / 1000}::float8), ended_why = r.why
    from ${recordset(
      ended.map(({ id, why }) => ({ id, why })),
      sql`r(id bigint, why text)`,
    )}
    where h.id = r.id and h.ended_at is null`.execute(tx);
}

/** What is still held remembers the worst it came to. */
async function worsen(tx: Tx, alarms: readonly AlarmCase[]): Promise<void> {
  if (alarms.length === 0) return;
  await sql`update alarm_hold h set level = r.level
    from ${recordset(
      alarms.map(({ id, level }) => ({ id, level })),
      sql`r(id bigint, level int2)`,
    )}
    where h.alarm_id = r.id and h.ended_at is null and h.level < r.level`.execute(tx);
}
