import type { versionRoutes } from '#contract/standard';
import { cutPage, readIdCursor, type RequestContext } from '#services/context';
import { sql } from 'kysely';
import type { z } from 'zod';

import { equals } from '../in-force.ts';
import { loadVersions, showVersion } from './version-view.ts';

type Route = typeof versionRoutes.listStandardVersions;

/** A page of the versions of all scenarios or of one, newest first. */
export async function listVersions(
  context: RequestContext,
  { query }: { readonly query: z.output<Route['query']> },
): Promise<z.output<Route['reply']>> {
  context.authorize('standard.read');
  const { after, scenario, limit } = query;
  const older = after === undefined ? sql`true` : sql`v.id < ${readIdCursor(after)}`;
  return context.transaction(async (tx) => {
    const rows = await loadVersions(
      tx,
      sql`where ${older} ${equals(sql`s.code`, scenario)} order by v.id desc limit ${limit + 1}`,
    );
    const { page, next } = cutPage(rows, limit, (row) => String(row.id));
    return { items: page.map((row) => showVersion(context, row)), next };
  });
}
