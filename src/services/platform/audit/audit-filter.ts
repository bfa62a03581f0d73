import { AppError } from '#base';
import type { auditRoutes } from '#contract/platform';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';

export type AuditFilter = Omit<z.output<typeof auditRoutes.exportAudit.query>, 'format'>;

/** Behind which row a page begins, newest first. */
export interface AuditCursor {
  /** Microseconds, in digits. */
  readonly moment: string;
  readonly id: number;
}

/** Reads an `after`; throws `input.invalid` for anything we did not give out. */
export function readAuditCursor(after: string | undefined): AuditCursor | undefined {
  if (after === undefined) return undefined;
  const found = /^(-?\d{1,18})_(-?\d{1,15})$/u.exec(after);
  if (!found) throw new AppError('input.invalid', { issues: 'after 须是上一页的 next' });
  return { moment: found[1] ?? '0', id: Number(found[2]) };
}

/** The conditions on `audit a`. Throws `input.invalid` for a platform that does not exist or has no territory. */
export async function auditConditions(
  tx: Tx,
  filter: AuditFilter,
  cursor: AuditCursor | undefined,
): Promise<RawBuilder<unknown>> {
  const { actor, action, subject, actingFor, platform, from, to } = filter;
  const conditions = [
    sql`true`,
    actor === undefined ? [] : byActor(actor),
    action === undefined ? [] : beginning(sql`a.action`, action),
    subject === undefined
      ? []
      : filter.contains === 'true'
        ? sql`strpos(a.subject, ${subject}) > 0`
        : beginning(sql`a.subject collate "C"`, subject),
    actingFor === undefined ? [] : sql`a.acting_for collate "C" = ${actingFor}`,
    platform === undefined ? [] : await within(tx, platform),
    from === undefined ? [] : sql`a.at >= ${new Date(from)}`,
    to === undefined ? [] : sql`a.at < ${new Date(to)}`,
    cursor === undefined
      ? []
      : sql`(a.at, a.id) < (timestamptz 'epoch' + ${cursor.moment}::bigint * interval '1 microsecond', ${cursor.id}::bigint)`,
  ].flat();
  return sql.join(conditions, sql` and `);
}

/** Only people stand in the index by actor; a rule's rows are dense among the newest. */
function byActor(actor: string): RawBuilder<unknown> {
  return actor.startsWith('rule:')
    ? sql`a.actor collate "C" = ${actor}`
    : sql`(a.actor collate "C" = ${actor} and a.actor not like 'rule:%')`;
}

/** A prefix as a range, which the index answers under row-level security too (`like` is not leakproof). */
function beginning(column: RawBuilder<unknown>, prefix: string): RawBuilder<unknown> {
  return sql`(${column} >= ${prefix} and ${column} < ${`${prefix}\u{10ffff}`})`;
}

async function within(tx: Tx, code: string): Promise<RawBuilder<unknown>> {
  const { rows } = await sql<{ place: number | null; place_to: number | null; scenario: number | null }>`
    select place, place_to, scenario from platform where code = ${code}`.execute(tx);
  const [found] = rows;
  if (!found) throw new AppError('input.invalid', { issues: `没有平台“${code}”` });
  if (found.scenario !== null) return sql`a.scenario = ${found.scenario}`;
  return sql`a.place between ${found.place} and ${found.place_to}`;
}
