import { AppError } from '#base';
import { announce, type RequestContext, sealPhone } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import type { Draft } from './draft.ts';

/** Writes requests that have been judged, and tells those who decide. Throws `account.request-waiting`. */
export async function saveRequests(
  context: RequestContext,
  tx: Tx,
  drafts: readonly Draft[],
  batch: number | null,
): Promise<readonly number[]> {
  const rows = drafts.map((draft) => ({
    ...draft,
    ...draft.home,
    ...sealPhone(context.vault, draft.phone),
    platform: draft.home.id,
  }));
  const at = new Date(context.now());
  const { rows: written } = await sql<{ id: number; username: string }>`
    insert into account_request (batch_id, action, username, name, account_id, platform_id, place, scenario, wanted,
      phone_sealed, phone_masked, reason, requested_by, requested_for, requested_at)
    select ${batch}::int, d.action, d.username, d.name, d.account, d.platform, d.place, d.scenario, d.wanted, d.phone_sealed,
      d.phone_masked, d.reason, ${context.actor.accountId}, ${context.actingFor?.id ?? null}::int, ${at}
    from json_to_recordset(${JSON.stringify(rows)}::json) as d(action text, username text, name text, account int,
      platform int, place int, scenario int2, wanted jsonb, phone_sealed text, phone_masked text, reason text)
    on conflict (username) where state = 'pending' do nothing
    returning id, username`.execute(tx);
  const done = new Set(written.map(({ username }) => username));
  const waiting = drafts.find(({ username }) => !done.has(username));
  if (waiting) throw new AppError('account.request-waiting', { username: waiting.username });
  await announce(
    tx,
    written.slice(0, 1).map(({ id }) => ({
      type: 'account.requested',
      at: context.now(),
      place: drafts[0]?.home.place ?? null,
      scenario: drafts[0]?.home.scenario ?? null,
      payload: { id },
    })),
  );
  return written.map(({ id }) => id);
}
