import { type ChannelKind, NOTIFICATION_WAY_TEXT } from '#model/command';
import type { EscalationChannel } from '#model/standard';
import { recordset, type Tx } from '#storage';
import { routeMessage } from '#workflow';
import { sql } from 'kysely';

import type { Claimed } from './claim-messages.ts';
import { keyOfPerson } from './draft-messages.ts';
import { loadAddressees } from './load-addressees.ts';
import { loadRouteChannels } from './load-route-channels.ts';

/** What is needed of a message to find another way. */
type Lost = Pick<
  Claimed,
  'id' | 'kind' | 'level' | 'place' | 'scenario' | 'account_id' | 'contact_id' | 'post_id' | 'tried'
>;

const ASKED: Partial<Record<ChannelKind, EscalationChannel>> = { sms: 'sms', voice: 'voice' };

/** Queues what failed anew by the next channel that reaches the person; gives by the message's id what stands in, in words. */
export async function findStandIns(
  tx: Tx,
  messages: readonly Lost[],
  now: number,
): Promise<ReadonlyMap<number, string>> {
  if (messages.length === 0) return new Map();
  const channels = await loadRouteChannels(tx);
  const people = await loadAddressees(tx, [...new Set(messages.map(keyOfPerson))]);
  const found = messages.flatMap((message) => {
    const person = people.get(keyOfPerson(message));
    const tried = [...message.tried, message.kind];
    const where = { place: message.place, scenario: message.scenario };
    const reaches = (kind: ChannelKind): boolean => person?.reaches(kind, message.level) ?? false;
    const route = routeMessage(ASKED[message.kind] ?? 'push', channels, { where, tried, reaches });
    // A channel that is down itself helps nobody.
    if (route.kind === 'none' || route.channel.down) return [];
    const { id: channel, kind } = route.channel;
    return [{ id: message.id, channel, kind, tried }];
  });
  if (found.length > 0)
    await sql`
      insert into notification (key, cause, level, place, scenario, work_order_id, warning_id, matter_id, matters, gathered, account_id, contact_id, post_id,
        person, post, kind, channel_id, title, text, link, asks_answer, state, next_at, after_id, tried, created_at, expires_at,
        replay_session_id, simulated)
      select n.key || '>' || r.kind, n.cause, n.level, n.place, n.scenario, n.work_order_id, n.warning_id, n.matter_id, n.matters, n.gathered, n.account_id,
        n.contact_id, n.post_id, n.person, n.post, r.kind, r.channel, n.title, n.text, n.link, n.asks_answer, 'queued', ${new Date(now)},
        n.id, r.tried, ${new Date(now)}, n.expires_at, n.replay_session_id, n.simulated
      from ${recordset(found, sql`r(id bigint, channel int, kind text, tried text[])`)} join notification n on n.id = r.id
      on conflict (key) do nothing`.execute(tx);
  return new Map(found.map(({ id, kind }) => [id, NOTIFICATION_WAY_TEXT[kind]]));
}
