import type { ownLimitRoutes } from '#contract/standard';
import { cutPage, readIdCursor, type RequestContext } from '#services/context';
import { sql } from 'kysely';
import type { z } from 'zod';

import { equals } from '../in-force.ts';
import { loadOwnLimits, showOwnLimit } from './own-limit-view.ts';

type Route = typeof ownLimitRoutes.listOwnLimits;

/** A page of own limits within the caller's reach, newest first. */
export async function listOwnLimits(
  context: RequestContext,
  { query }: { readonly query: z.output<Route['query']> },
): Promise<z.output<Route['reply']>> {
  context.authorize('object.read');
  const { after, limit, scenario, sign, object, state } = query;
  const older = after === undefined ? sql`true` : sql`l.id < ${readIdCursor(after)}`;
  const ofObject = object === undefined ? sql`true` : sql`l.object_id = ${object}`;
  return context.transaction(async (tx) => {
    const rows = await loadOwnLimits(
      tx,
      sql`where ${context.reach('l')} and ${older} and ${ofObject} ${equals(sql`s.code`, scenario)}
        ${equals(sql`l.sign_code`, sign)} ${equals(sql`l.state`, state)} order by l.id desc limit ${limit + 1}`,
    );
    const { page, next } = cutPage(rows, limit, (row) => String(row.id));
    return { items: page.map((row) => showOwnLimit(context, row)), next };
  });
}
