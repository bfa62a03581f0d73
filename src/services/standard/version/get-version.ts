import type { StandardVersionDetail } from '#contract/standard';
import type { RequestContext } from '#services/context';
import { sql } from 'kysely';

import { findVersion, showVersion } from './version-view.ts';

/** A version with its text. Throws `record.not-found`. */
export async function getVersion(context: RequestContext, id: number): Promise<StandardVersionDetail> {
  context.authorize('standard.read');
  return context.transaction(async (tx) => {
    const row = await findVersion(tx, id);
    const { rows } = await sql<{ document: StandardVersionDetail['document'] }>`
      select document from standard_version where id = ${id}`.execute(tx);
    if (!rows[0]) throw new Error(`version ${id} has gone while it was read`);
    return { ...showVersion(context, row), document: rows[0].document };
  });
}
