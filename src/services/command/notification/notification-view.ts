import type { Notification } from '#contract/command';
import {
  NOTIFICATION_CAUSE_TEXT,
  NOTIFICATION_STATE_TEXT,
  NOTIFICATION_WAY_TEXT,
  type NotificationCause,
  type NotificationState,
  type NotificationWay,
} from '#model/command';
import { levelOf } from '#model/warning';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';

import { messageText } from './message-text.ts';

interface Row {
  readonly id: number;
  readonly cause: NotificationCause;
  readonly level: number | null;
  readonly person: string;
  readonly post: string;
  readonly kind: NotificationWay;
  readonly channel: string | null;
  readonly title: string;
  readonly text: string;
  readonly link: string | null;
  readonly state: NotificationState;
  readonly reason: string | null;
  readonly answer: string | null;
  readonly attempts: number;
  readonly created_at: number;
  readonly next_at: number | null;
  readonly sent_at: number | null;
  readonly delivered_at: number | null;
  readonly read_at: number | null;
  readonly answered_at: number | null;
  readonly gathered: number | null;
  readonly settled: number;
  readonly replay_session_id: number | null;
  readonly simulated: boolean;
}

/** Messages the caller may see, as `suffix` picks and sorts them (`n` is the message). */
export async function loadNotifications(
  tx: Tx,
  suffix: RawBuilder<unknown>,
  from: RawBuilder<unknown> = sql`notification`,
): Promise<readonly Notification[]> {
  const { rows } = await sql<Row>`
    with page as materialized (select n.* from ${from} n ${suffix}),
    -- Many are told of the same orders by several ways: they are looked up once for all of them.
    counted as (
      select g.gathered, orders_taken(g.gathered) as settled
      from (select distinct gathered from page where cause = 'work-order.opened' and gathered is not null) g
    )
    select n.id, n.cause, n.level, n.person, n.post, n.kind, c.name as channel, n.title, n.text, n.link, n.state, n.reason, n.answer,
      n.attempts, n.created_at, n.next_at, n.sent_at, n.delivered_at, n.read_at, n.answered_at, cardinality(n.gathered) as gathered,
      coalesce(k.settled, 0) as settled, n.replay_session_id, n.simulated
    from page n left join channel c on c.id = n.channel_id
    left join counted k on n.cause = 'work-order.opened' and k.gathered = n.gathered order by n.id desc`.execute(
    tx,
  );
  return rows.map(shown);
}

function shown(row: Row): Notification {
  return {
    id: row.id,
    cause: row.cause,
    causeText: NOTIFICATION_CAUSE_TEXT[row.cause],
    level: levelOf(row.level ?? 0) ?? null,
    person: row.person,
    post: row.post,
    kind: row.kind,
    kindText: NOTIFICATION_WAY_TEXT[row.kind],
    channel: row.channel,
    title: messageText(row.title, row),
    text: messageText(row.text, row),
    link: row.link,
    state: row.state,
    stateText: NOTIFICATION_STATE_TEXT[row.state],
    reason: row.reason,
    answer: row.answer,
    attempts: row.attempts,
    createdAt: row.created_at,
    nextAt: row.next_at,
    sentAt: row.sent_at,
    deliveredAt: row.delivered_at,
    readAt: row.read_at,
    answeredAt: row.answered_at,
    gathered: row.gathered,
    replaySession: row.replay_session_id,
    simulated: row.simulated,
  };
}
