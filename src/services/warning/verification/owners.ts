import { recordset, type Tx } from '#storage';
import type { Verifier } from '#workflow';
import { sql } from 'kysely';

interface Asked {
  readonly scenario: number;
  readonly role: Verifier;
}

/**
 * Who owns what waits in a scenario: whoever of the role is on duty there at `at` (epoch ms), else the first who holds it. A scenario
 * without anybody of the role is left out: the role itself stands as the owner.
 */
export async function ownersOf(
  tx: Tx,
  asked: readonly Asked[],
  at: number,
): Promise<(one: Asked) => number | null> {
  const moment = new Date(at);
  const { rows } = await sql<Asked & { readonly account: number }>`
    select distinct on (w.scenario, w.role) w.scenario, w.role, a.id as account
    from (select distinct * from ${recordset(asked, sql`r(scenario int2, role text)`)}) w
    join role_assignment r on r.role = w.role and r.scenario = w.scenario and r.valid_from <= ${moment}
      and (r.valid_to is null or r.valid_to > ${moment})
    left join team_member m on m.team_id = r.team_id
    join account a on a.id = coalesce(r.account_id, m.account_id) and a.disabled_at is null and a.left_at is null
      and (a.expires_at is null or a.expires_at > ${moment})
    left join duty_shift s on s.account_id = a.id and s.scenario = w.scenario and s.status <> 'cancelled'
      and s.from_at <= ${moment} and s.to_at > ${moment}
    order by w.scenario, w.role, s.id is null, a.id`.execute(tx);
  const found = new Map(rows.map((row) => [`${row.scenario} ${row.role}`, row.account]));
  return ({ scenario, role }) => found.get(`${scenario} ${role}`) ?? null;
}
