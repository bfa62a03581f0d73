import type { Tx } from '#storage';
import type { Hold } from '#workflow';
import { sql } from 'kysely';

import { witnessesOf } from '../agreement/witnesses.ts';
import type { AlarmCase } from './alarm-case.ts';

interface Suspect {
  readonly id: number;
  readonly sensing: 'video' | 'social';
  readonly confirmed: boolean;
}

/**
 * Alarms of which only a camera or people tell are suspected (疑似) until another kind of source says the same near by, or a person has
 * confirmed what was seen; each of them with what holds it. What is counted again and again (people in a place, the length of a queue)
 * is a reading like any other and is judged by its quality, not confirmed each time.
 */
export async function suspectsOf(tx: Tx, alarms: readonly AlarmCase[]): Promise<ReadonlyMap<number, Hold>> {
  if (alarms.length === 0) return new Map();
  const { rows } = await sql<Suspect>`
    select a.id, e.sensing, exists (select from suspected_event v
      where v.point_id = a.point_id and v.state = 'confirmed' and v.fed_value is not null and v.fed_value <> 0) as confirmed
    from alarm a join point p on p.id = a.point_id join element e on e.code = p.element_code and e.sensing in ('video', 'social')
      and e.period_seconds = 0
    where a.id = any(${alarms.map(({ id }) => id)}::bigint[])`.execute(tx);
  const suspects = new Map(rows.filter(({ confirmed }) => !confirmed).map((row) => [row.id, row]));
  if (suspects.size === 0) return new Map();
  const asked = alarms.flatMap(({ id, object, scenario, raisedAt, session }) => {
    const sensing = suspects.get(id)?.sensing;
    return sensing === undefined ? [] : [{ alarm: id, object, scenario, sensing, at: raisedAt, session }];
  });
  const witnesses = await witnessesOf(tx, asked);
  return new Map(
    asked.flatMap(({ alarm, sensing }) =>
      witnesses.has(alarm) ? [] : [[alarm, sourceHold(sensing)] as const],
    ),
  );
}

function sourceHold(sensing: Suspect['sensing']): Hold {
  const source = sensing === 'video' ? '视频识别' : '社会上报';
  return {
    kind: 'verify',
    by: `source/${sensing}`,
    reason: `只有${source}，待其他来源佐证或人工核实，再成为预警`,
    until: null,
  };
}
