import { AppError } from '#base';
import type { StandardVersion, versionRoutes, VersionState } from '#contract/standard';
import { announce, audit, type RequestContext } from '#services/context';
import { sql } from 'kysely';
import type { z } from 'zod';

import { findVersion, showVersion, stateOf } from './version-view.ts';

type Route = typeof versionRoutes.cancelStandardVersion;

const STATE_TEXT: Readonly<Record<VersionState, string>> = {
  'in-force': '现行',
  coming: '待生效',
  retired: '已废止',
  cancelled: '已撤销',
};

/**
 * Takes a version back before its moment; the one before lives on, until the next that is to come. Throws `record.not-found`,
 * `access.denied`, `standard.illegal-action`.
 */
export async function cancelVersion(
  context: RequestContext,
  { params, body }: { readonly params: z.output<Route['params']>; readonly body: z.output<Route['body']> },
): Promise<StandardVersion> {
  context.authorize('standard.approve');
  return context.transaction(async (tx) => {
    const found = await findVersion(tx, params.id);
    context.authorizeRecord('standard.approve', found);
    // One at a time for a scenario: the chain of moments is mended here.
    await sql`select from standard_version where scenario = ${found.scenario} order by id for update`.execute(
      tx,
    );
    const row = await findVersion(tx, params.id);
    // Asked after the wait: what has taken effect meanwhile is law.
    const now = context.now();
    const state = stateOf(row, now);
    if (state !== 'coming')
      throw new AppError('standard.illegal-action', { state: STATE_TEXT[state], action: '撤销' });
    const until = row.retired_at === null ? null : new Date(row.retired_at);
    await sql`update standard_version set retired_at = ${until}
      where scenario = ${row.scenario} and retired_at = ${new Date(row.effective_from)} and cancelled_at is null
        and id <> ${row.id}`.execute(tx);
    await sql`update standard_version set retired_at = effective_from, cancelled_at = ${new Date(now)},
      cancelled_by = ${context.actor.accountId} where id = ${row.id}`.execute(tx);
    await audit(context, tx, {
      action: 'standard.cancel',
      subject: `standard/${row.scenario_code} ${row.version}`,
      before: { state, effectiveFrom: row.effective_from },
      after: { state: 'cancelled', reason: body.reason },
      place: row.place,
      scenario: row.scenario,
    });
    const payload = {
      id: row.id,
      standard: row.id,
      scenario: row.scenario_code,
      version: row.version,
      effectiveFrom: row.effective_from,
      state: 'cancelled',
    };
    await announce(tx, [{ type: 'standard.cancelled', at: now, place: null, scenario: null, payload }]);
    return showVersion(context, await findVersion(tx, row.id));
  });
}
