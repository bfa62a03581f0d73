import type { UnitGround } from '#model/response';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import { GROUND_TEXT } from '../order-text.ts';

export interface FoundUnit {
  readonly unit: string;
  readonly ground: UnitGround;
  readonly reason: string;
}

interface Grounds {
  readonly party: string | null;
  readonly town: string | null;
  readonly watch: string | null;
}

/**
 * Who has to act at an object (catalog §3.1): who operates or owns it, else its town, else who is on duty for the scenario, else
 * whom the handbook names. Moments are epoch ms.
 */
export async function findUnit(
  tx: Tx,
  subject: {
    readonly object: number;
    readonly scenario: number;
    readonly at: number;
    readonly inHandbook: string;
  },
): Promise<FoundUnit> {
  const moment = new Date(subject.at);
  const { rows } = await sql<Grounds>`
    select nullif(trim(coalesce(m.operator, m.owner)), '') as party, t.name as town, (
      select concat(p.name, ' ', s.name, ' ', a.name) from duty_shift d
        join roster r on r.id = d.roster_id join roster_seat s on s.id = d.seat_id
        join platform p on p.id = r.platform_id left join account_name a on a.id = d.account_id
      where p.scenario = ${subject.scenario} and d.status <> 'cancelled' and d.from_at <= ${moment} and d.to_at > ${moment}
      order by d.from_at, d.id limit 1) as watch
    from monitored_object m left join platform t on t.code = m.town where m.id = ${subject.object}`.execute(
    tx,
  );
  const [found] = rows;
  const grounds: readonly (readonly [UnitGround, string | null | undefined])[] = [
    ['object', found?.party],
    ['town', found?.town],
    ['roster', found?.watch],
  ];
  for (const [ground, unit] of grounds) if (unit) return { unit, ground, reason: GROUND_TEXT[ground] };
  return { unit: subject.inHandbook, ground: 'handbook', reason: GROUND_TEXT.handbook };
}
