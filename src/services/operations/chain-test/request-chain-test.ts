import { AppError } from '#base';
import type { ChainTest } from '#contract/operations';
import { audit, type RequestContext } from '#services/context';
import { sql } from 'kysely';

import { beijingDay } from '../beijing-day.ts';
import { loadChainTests } from './chain-view.ts';

/**
 * Asks for a test of a scenario's chain now; one that waits or runs already is answered instead.
 * Throws `record.not-found`, `access.denied`.
 */
export async function requestChainTest(
  context: RequestContext,
  { body }: { readonly body: { readonly scenario: string } },
): Promise<ChainTest> {
  context.authorize('fault.handle');
  return context.transaction(async (tx) => {
    const { rows } = await sql<{ id: number; place: number }>`
      select s.id, p.place from scenario s join platform p on p.scenario = s.id and p.kind = 'scenario'
      where s.code = ${body.scenario}`.execute(tx);
    const [scenario] = rows;
    if (!scenario) throw new AppError('record.not-found', { what: '场景', id: body.scenario });
    context.authorizeRecord('fault.handle', { place: scenario.place, scenario: scenario.id });
    const now = context.now();
    const made = await tx
      .insertInto('chain_test')
      .values({
        scenario: scenario.id,
        place: scenario.place,
        day: beijingDay(now),
        requested_by: context.actor.name,
        requested_at: new Date(now),
        state: 'waiting',
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst();
    if (made)
      await audit(context, tx, {
        action: 'chain-test.request',
        subject: `chain-test/${made.id}`,
        scenario: scenario.id,
        place: scenario.place,
        after: body,
      });
    const [test] = await loadChainTests(
      tx,
      sql`where t.scenario = ${scenario.id} and t.state in ('waiting','running')
        or t.id = ${made?.id ?? 0} order by t.id desc limit 1`,
    );
    if (!test) throw new AppError('record.changed');
    return test;
  });
}
