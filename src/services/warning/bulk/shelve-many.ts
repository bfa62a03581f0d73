import type { bulkRoutes } from '#contract/warning';
import { rankOf } from '#model/warning';
import { announce, auditAll, type RequestContext } from '#services/context';
import { recordset, type Tx } from '#storage';
import { sql } from 'kysely';
import type { z } from 'zod';

import { keepChanges } from '../life/keep-changes.ts';
import { checkLength } from '../shelves/longest-shelf.ts';
import { shelfText } from '../shelves/shelf-text.ts';
import type { Act } from './found-warning.ts';

type Asked = Extract<z.output<typeof bulkRoutes.actOnWarnings.body>, { action: 'shelve' }>;

interface Made {
  readonly id: number;
  readonly warning: number;
  readonly object: number;
  readonly place: number;
  readonly scenario: number;
}

/**
 * 搁置 many: the item of each warning at its object, each in a shelf of its own, which is prolonged and ended by itself. Gives the
 * warnings; one whose item is shelved there already is left as it is. Throws `shelf.too-long`.
 */
export async function shelve(
  context: RequestContext,
  tx: Tx,
  { body, acted }: Act<Asked>,
): Promise<ReadonlySet<number>> {
  const { level, minutes } = body;
  for (const scenario of new Set(acted.map((one) => one.scenario)))
    await checkLength(tx, { level, scenario, minutes });
  const made = await insert(context, tx, { body, acted });
  await tell(context, tx, { body, acted }, made);
  return new Set(made.map(({ warning }) => warning));
}

async function insert(
  context: RequestContext,
  tx: Tx,
  { body, acted }: Act<Asked>,
): Promise<readonly Made[]> {
  if (acted.length === 0) return [];
  const { level, minutes, reasonKind, reason } = body;
  const now = context.now();
  const rows = acted.map(({ id, object, item, place, scenario }) => ({ id, object, item, place, scenario }));
  const { rows: made } = await sql<Made>`
    with asked as (
      select * from ${recordset(rows, sql`r(id bigint, object int, item text, place int, scenario int2)`)}
    ), made as (
      insert into shelf (scope, object_id, item_code, place, scenario, level, reason_kind, reason, minutes, state, made_by, made_by_id,
        made_at, from_at, until)
      select 'item', object, item, place, scenario, ${rankOf(level)}, ${reasonKind}, ${reason}, ${minutes}, 'running',
        ${context.actor.name}, ${context.actor.accountId}, ${new Date(now)}, ${new Date(now)}, ${new Date(now + minutes * 60_000)}
      from asked order by id on conflict do nothing returning id, object_id, item_code, place, scenario
    )
    select m.id, a.id as warning, a.object, m.place, m.scenario from made m join asked a on a.object = m.object_id and a.item = m.item_code
    order by m.id`.execute(tx);
  return made;
}

/** Row by row into the history, the audit and the stream, as if each had been done by itself. */
async function tell(
  context: RequestContext,
  tx: Tx,
  { body: { level, minutes, reasonKind, reason }, acted }: Act<Asked>,
  made: readonly Made[],
): Promise<void> {
  const at = context.now();
  const by = context.actor.name;
  const until = at + minutes * 60_000;
  const text = shelfText({ madeBy: by, level: rankOf(level), reasonKind, reason, until }, at);
  const put = new Set(made.map(({ warning }) => warning));
  await keepChanges(context, tx, { acted: acted.filter(({ id }) => put.has(id)), change: 'shelved', text });
  await auditAll(
    context,
    tx,
    made.map(({ id, warning, place, scenario }) => ({
      action: 'shelf.create',
      subject: `shelf/${id}`,
      after: { warning, level, minutes, reasonKind, reason, bulk: true },
      place,
      scenario,
    })),
  );
  await announce(
    tx,
    made.map(({ id, object, place, scenario }) => ({
      type: 'shelf.changed',
      at,
      place,
      scenario,
      payload: { id, object, state: 'running' },
    })),
  );
}
