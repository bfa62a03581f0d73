import type { Event } from '#bus';
import { SELF_TEST_PLACE } from '#model/platform';
import { levelOf } from '#model/warning';
import { announce, auditRule } from '#services/context';
import { recordset, type Tx } from '#storage';
import { TRANSITIONS } from '#workflow';
import { sql } from 'kysely';

import { moveLimits } from '../move-limits.ts';
import type { OrderRow } from '../order-view.ts';
import { risenText } from '../order-text.ts';

interface SentBack {
  readonly id: number;
  readonly code: string;
  readonly place: number;
  readonly scenario: number;
  readonly level: number;
  readonly limits: OrderRow['limits'];
  readonly before: 'cleared' | 'reviewing';
  readonly warning_id: number;
  readonly object_id: number;
  readonly replay_session_id: number | null;
  readonly simulated: boolean;
  readonly at: number;
  readonly text: string;
}

/**
 * Cleared because the reading was back to normal, and it has risen again before anybody has closed: the rule sends the order back, with
 * the reason. Follows `warning.raised`, whose own order is another one; whoever dispatches may merge the two. `now` is the wall clock.
 */
export async function sendBackRisen(tx: Tx, events: readonly Event[], now: number): Promise<void> {
  const risen = events.map(({ at, payload }) => ({
    warning: payload.id,
    at,
    text: risenText(payload.id, typeof payload['text'] === 'string' ? payload['text'] : ''),
  }));
  const { rows } = await sql<SentBack>`
    with due as (
      select distinct on (o.id) o.id, o.state as before, r.text,
        case when o.replay_session_id is null then ${now}::float8 else r.at end as at
      from ${recordset(risen, sql`r(warning bigint, at float8, text text)`)}
      join warning w on w.id = r.warning
      join work_order o on o.object_id = w.object_id and o.item_code = w.item_code
        and o.replay_session_id is not distinct from w.replay_session_id and o.warning_id <> w.id
      where o.state in ('cleared','reviewing') and o.verdict = 'true' and o.place <> ${SELF_TEST_PLACE}
      order by o.id, r.warning
    ), back as (
      update work_order o set state = 'disposing', cleared_at = null, sent_back = o.sent_back + 1, version = o.version + 1
      from due where o.id = due.id and o.state in ('cleared','reviewing')
      returning o.id, o.code, o.place, o.scenario, o.level, o.limits, due.before, o.warning_id, o.object_id, o.replay_session_id, o.simulated,
        due.at, due.text
    ), void as (
      update order_measurement m set holds = false from back where m.work_order_id = back.id and m.holds
    ), noted as (
      insert into work_order_entry (work_order_id, place, scenario, at, kind, text)
      select id, place, scenario, to_timestamp(at / 1000.0), 'send-back', text from back order by id
    )
    select * from back order by id`.execute(tx);
  // As a person's: each of them is worked on again. They are few: what waits for a reviewer and rises in that time.
  for (const order of rows) {
    const {
      meets = [],
      restarts = [],
      givesBack = [],
    } = TRANSITIONS[order.before].actions['send-back'] ?? {};
    await moveLimits(
      tx,
      { order, at: order.at, decided: { meets, restarts, givesBack, stops: [], clock: undefined } },
      now,
    );
  }
  // What was cleared late is late again.
  await sql`update work_order o set overdue = true where o.id = any(${rows.map(({ id }) => id)}) and not o.overdue
    and exists (select from deadline d where d.work_order_id = o.id and d.overdue_at is not null and d.met_at is null
      and d.stopped_at is null)`.execute(tx);
  await auditRule(
    tx,
    { rule: 'send-back-risen', at: now },
    rows.map(({ code, place, scenario, before, text }) => ({
      action: 'work-order.send-back',
      subject: `work-order/${code}`,
      place,
      scenario,
      before: { state: before },
      after: { state: 'disposing', text },
    })),
  );
  await tell(tx, rows);
}

async function tell(tx: Tx, rows: readonly SentBack[]): Promise<void> {
  await announce(
    tx,
    rows.map(({ id, at, place, scenario, text, ...order }) => ({
      type: 'work-order.advanced',
      at,
      place,
      scenario,
      payload: {
        id,
        warning: order.warning_id,
        object: order.object_id,
        level: levelOf(order.level),
        state: 'disposing',
        action: 'send-back',
        text,
        session: order.replay_session_id,
        simulated: order.simulated,
      },
    })),
  );
}
