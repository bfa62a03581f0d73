import { AppError } from '#base';
import type { AuditHead, auditRoutes } from '#contract/platform';
import { cutPage, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';

type Query = z.output<typeof auditRoutes.listAuditHeads.query>;
type Reply = z.output<typeof auditRoutes.listAuditHeads.reply>;

/** The daily signed heads, newest first. */
export async function listAuditHeads(
  context: RequestContext,
  { query }: { readonly query: Query },
): Promise<Reply> {
  context.authorize('audit.read');
  const before = query.after ?? '9999-12-31';
  // A day that the calendar does not have is no page of ours either.
  if (!/^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/u.test(before))
    throw new AppError('input.invalid', { issues: 'after 须是上一页的 next' });
  return context.transaction(async (tx) => {
    const rows = await loadHeads(
      tx,
      sql`where to_char(day, 'YYYY-MM-DD') < ${before} order by day desc limit ${query.limit + 1}`,
    );
    const { page, next } = cutPage(rows, query.limit, ({ day }) => day);
    return { items: [...page], next };
  });
}

export async function loadHeads(tx: Tx, suffix: RawBuilder<unknown>): Promise<readonly AuditHead[]> {
  const { rows } = await sql<AuditHead>`
    select to_char(day, 'YYYY-MM-DD') as day, seq, encode(hash, 'hex') as hash, signed_at as "signedAt",
      encode(public_key, 'base64') as "publicKey", encode(signature, 'base64') as signature
    from audit_head ${suffix}`.execute(tx);
  // PostgreSQL breaks base64 into lines of 76 characters.
  return rows.map((row) => ({
    ...row,
    publicKey: row.publicKey.replaceAll('\n', ''),
    signature: row.signature.replaceAll('\n', ''),
  }));
}
