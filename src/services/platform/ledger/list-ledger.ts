import type { ledgerRoutes } from '#contract/platform';
import { cutPage, readIdCursor, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';

import { findPlatform, within } from '../organisation/find-platform.ts';
import { loadEntries } from './entry-view.ts';

type Query = z.output<typeof ledgerRoutes.listLedger.query>;
type Reply = z.output<typeof ledgerRoutes.listLedger.reply>;

/** A page of the base ledger in the caller's scope, in the order it was written. Throws `record.not-found` for `under`. */
export async function listLedger(
  context: RequestContext,
  { query }: { readonly query: Query },
): Promise<Reply> {
  context.authorize('object.read');
  return context.transaction(async (tx) => {
    const conditions = sql.join(
      [context.reach('t'), sql`t.id > ${readIdCursor(query.after)}`, ...(await filters(tx, query))],
      sql` and `,
    );
    const rows = await loadEntries(
      context,
      tx,
      sql`where ${conditions} order by t.id limit ${query.limit + 1}`,
    );
    const { page, next } = cutPage(rows, query.limit, (row) => String(row.id));
    return { items: [...page], next };
  });
}

async function filters(tx: Tx, query: Query): Promise<readonly RawBuilder<unknown>[]> {
  const { scenario, kind, under, search, registered } = query;
  const needle = search?.trim() ?? '';
  return [
    scenario === undefined ? [] : sql`s.code = ${scenario}`,
    kind === undefined ? [] : sql`k.code = ${kind}`,
    needle === '' ? [] : sql`strpos(lower(coalesce(t.name, k.name)), lower(${needle})) > 0`,
    registered === undefined ? [] : sql`t.name is not null and (o.id is not null) = ${registered}`,
    under === undefined
      ? []
      : sql`t.id in (select id from ledger_entry where ${within(await findPlatform(tx, under), 'scenario')})`,
  ].flat();
}
