import type { ImportMapping, organisationRoutes } from '#contract/platform';
import type { RequestContext } from '#services/context';
import { sql } from 'kysely';
import type { z } from 'zod';

type Query = z.output<typeof organisationRoutes.listImportMappings.query>;

/** The mappings the caller has kept, newest first. */
export async function listImportMappings(
  context: RequestContext,
  { query }: { readonly query: Query },
): Promise<{ items: ImportMapping[] }> {
  context.authorize('object.manage');
  const ofKind = query.kind === undefined ? sql`true` : sql`kind = ${query.kind}`;
  return context.transaction(async (tx) => {
    const { rows } = await sql<ImportMapping>`
      select id, name, kind, columns, created_at as "createdAt" from import_mapping
      where account_id = ${context.actor.accountId} and ${ofKind} order by created_at desc, id desc limit 200`.execute(
      tx,
    );
    return { items: rows };
  });
}
