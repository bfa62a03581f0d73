import { SUPERVISION_KIND_TEXT } from '#model/response';
import { announce, audit, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import type { SupervisionRow } from './supervision-view.ts';

/** What somebody did about a 督办: a line of its own, one in each of its orders and in its incident, the audit and
 * the event. */
export interface SupervisionDeed {
  readonly kind: 'issued' | 'answered' | 'extended' | 'returned' | 'closed';
  readonly text: string;
  readonly at: number;
}

export async function noteSupervision(
  tx: Tx,
  context: RequestContext,
  row: Pick<SupervisionRow, 'id' | 'code' | 'kind' | 'place' | 'scenario'>,
  { kind, text, at }: SupervisionDeed,
): Promise<void> {
  const { id, code, place, scenario } = row;
  const line = `${SUPERVISION_KIND_TEXT[row.kind]} ${code}：${text}`;
  const moment = new Date(at);
  const by = context.actor.name;
  await sql`insert into supervision_entry (supervision_id, place, scenario, at, by, kind, text)
    values (${id}, ${place}, ${scenario}::int2, ${moment}, ${by}, ${kind}, ${text})`.execute(tx);
  await sql`insert into work_order_entry (work_order_id, place, scenario, at, by, kind, text)
    select work_order_id, place, scenario, ${moment}, ${by}, ${`supervision-${kind}`}, ${line}
    from supervision_order where supervision_id = ${id} order by work_order_id`.execute(tx);
  await sql`select note_supervised_incident(${id}, ${moment}, ${by}, ${`supervision-${kind}`}, ${line})`.execute(
    tx,
  );
  await audit(context, tx, {
    action: `supervision.${kind}`,
    subject: `supervision/${code}`,
    place,
    scenario,
    after: { text },
  });
  await announce(tx, [{ type: 'supervision.changed', at, place, scenario, payload: { id, code, kind } }]);
}
