import type { Tx } from '#storage';
import type { Hold } from '#workflow';
import { sql } from 'kysely';

import type { AlarmCase } from '../admission/alarm-case.ts';
import { loadSuppressions } from './load-suppressions.ts';

const RULE = 'suppression-rule/';

/** Alarms that somebody shelved, whose equipment is out of service, or that a rule suppresses by design. */
export async function suppressGate(
  tx: Tx,
  alarms: readonly AlarmCase[],
  now: number,
): Promise<ReadonlyMap<number, readonly Hold[]>> {
  const index = await loadSuppressions(tx, alarms, now);
  const holds = new Map(
    alarms.map((alarm): [number, readonly Hold[]] => {
      const asked = { ...alarm, sign: alarm.signCode, session: alarm.session ?? 0 };
      // Several causes of one rule are one hold.
      const found = new Map(index.holdsOf(asked, now).map((hold) => [hold.by, hold]));
      return [alarm.id, [...found.values()]];
    }),
  );
  await countHits(tx, alarms, holds, now);
  return holds;
}

/** A rule has hit when it begins to hold an alarm it did not hold before. */
async function countHits(
  tx: Tx,
  alarms: readonly AlarmCase[],
  holds: ReadonlyMap<number, readonly Hold[]>,
  now: number,
): Promise<void> {
  const hits = alarms
    .filter(({ feedsWarning }) => !feedsWarning)
    .flatMap(({ id, level, kept }) =>
      (holds.get(id) ?? [])
        .filter((hold) => hold.by.startsWith(RULE) && level <= (hold.upTo ?? level))
        .filter((hold) => !kept.some((one) => one.by === hold.by))
        .map((hold) => Number(hold.by.slice(RULE.length))),
    );
  if (hits.length === 0) return;
  await sql`update suppression_rule r set hits = r.hits + n.hits, hit_at = ${new Date(now)}
    from (select id, count(*) as hits from unnest(${hits}::int[]) h(id) group by id) n where r.id = n.id`.execute(
    tx,
  );
}
