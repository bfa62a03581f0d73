import { LEVELS, levelOf, rankOf } from '#model/warning';
import { announce, auditRule, type SystemContext } from '#services/context';
import { recordset, type Tx } from '#storage';
import { reAlarmText } from '#workflow';
import { sql } from 'kysely';

import { levelMinutes } from '../level-minutes.ts';

const BATCH = 500;

interface Due {
  readonly id: number;
  readonly object: number;
  readonly item: string;
  readonly place: number;
  readonly scenario: number;
  readonly level: number;
  readonly reason: string;
  readonly acknowledged: boolean;
  readonly minutes: number;
  readonly simulated: boolean;
}

/**
 * 再报警: announces warnings again that stand and that nobody has seen, or that do not get better although somebody has. Gives how
 * many. Never sooner than the time set for the level since it was last told; what was missed while the system was away is said once.
 * Replayed warnings call nobody.
 */
export async function runReAlarms(system: SystemContext): Promise<number> {
  return system.transaction(async (tx) => {
    const now = system.now();
    const due = await dueWarnings(tx, now);
    if (due.length === 0) return 0;
    const told = due.map((one) => ({ ...one, text: reAlarmText(one.acknowledged, one.minutes, one.reason) }));
    await sql`update warning set told_at = ${new Date(now)}, re_alarms = re_alarms + 1
      where id = any(${told.map(({ id }) => id)}::bigint[])`.execute(tx);
    await sql`insert into warning_change (warning_id, place, scenario, at, change, from_level, to_level, reason)
      select id, place, scenario, ${new Date(now)}, 're-alarmed', level, level, text
      from ${recordset(told, sql`r(id bigint, place int, scenario int2, level int2, text text)`)}`.execute(
      tx,
    );
    await auditRule(
      tx,
      { rule: 're-alarm', at: now },
      told.map(({ id, place, scenario, text }) => ({
        action: 'warning.re-alarmed',
        subject: `warning/${id}`,
        place,
        scenario,
        after: { reason: text },
      })),
    );
    await announce(
      tx,
      told.map(({ id, object, item, place, scenario, level, text, simulated }) => ({
        type: 'warning.re-alarmed',
        at: now,
        place,
        scenario,
        payload: { id, object, item, level: levelOf(level) ?? 'blue', text, session: null, simulated },
      })),
    );
    return told.length;
  });
}

async function dueWarnings(tx: Tx, now: number): Promise<readonly Due[]> {
  const minutesOf = await levelMinutes(tx, 're-alarm');
  const scenarios = await tx.selectFrom('scenario').select('id').execute();
  const times = scenarios.flatMap(({ id }) =>
    LEVELS.map((level) => ({ scenario: id, level: rankOf(level), minutes: minutesOf(id)[level] })),
  );
  const { rows } = await sql<Due>`
    select w.id, w.object_id as object, w.item_code as item, w.place, w.scenario, w.level, w.reason, w.simulated,
      w.acknowledged_at is not null as acknowledged, r.minutes
    from warning w join ${recordset(times, sql`r(scenario int2, level int2, minutes int)`)}
      on r.scenario = w.scenario and r.level = w.level and r.minutes > 0
    where w.state = 'open' and w.replay_session_id is null and shelf_of(w) is null
      and w.told_at <= ${new Date(now)}::timestamptz - r.minutes * interval '1 minute'
    order by w.level desc, w.told_at limit ${BATCH}
    for update of w skip locked`.execute(tx);
  return rows;
}
