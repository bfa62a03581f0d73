import { announce, auditRule, type SystemContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import { changed, subjectOf, told } from './change-own-limit.ts';
import { loadOwnLimits, type OwnLimitRow } from './own-limit-view.ts';
import { faultsAtObject, signsInForce } from './sign-at-moment.ts';

/** Whose own limits are looked at again: those of scenarios with a new version, or of objects whose parameters were set. */
export type CheckedLimits =
  | { readonly scenarios: readonly string[] }
  | { readonly objects: readonly number[] };

/**
 * After a version took effect, or parameters were set: own limits that it no longer grants are switched off, with the sentence
 * why, and the object is judged by the standard. Nothing is switched off unseen: they stay listed. Runs as the owner; doing it
 * twice changes nothing.
 */
export async function checkOwnLimits(tx: Tx, which: CheckedLimits, now: number): Promise<void> {
  const of =
    'scenarios' in which
      ? sql`s.code = any(${[...which.scenarios]})`
      : sql`l.object_id = any(${[...which.objects]}::int[])`;
  const held = await loadOwnLimits(tx, sql`where l.state = 'in-force' and ${of} for update of l`);
  if (held.length === 0) return;
  const signs = await signsInForce(
    tx,
    held.map(({ sign_code }) => sign_code),
    now,
  );
  const parameters = await parametersOf(tx, held);
  for (const row of held) {
    const sign = signs.get(row.sign_code);
    const why = sign
      ? faultsAtObject(sign, row.body, parameters.get(row.object.id) ?? {})
          .map(({ message }) => message)
          .join('')
      : '现行标准里已没有这个体征。';
    if (why !== '')
      await cease(tx, row, { now, state: 'off', why: `不再符合现行标准：${why}`, rule: 'check-own-limits' });
  }
}

async function parametersOf(
  tx: Tx,
  rows: readonly OwnLimitRow[],
): Promise<ReadonlyMap<number, Readonly<Record<string, number>>>> {
  const ids = [...new Set(rows.map(({ object }) => object.id))];
  const found = await sql<{ id: number; parameters: Readonly<Record<string, number>> }>`
    select id, parameters from monitored_object where id = any(${ids}::int[])`.execute(tx);
  return new Map(found.rows.map(({ id, parameters }) => [id, parameters]));
}

/** Ends every own limit whose time is over. */
export async function endOwnLimitsDue(context: SystemContext): Promise<void> {
  const now = context.now();
  await context.transaction(async (tx) => {
    const due = sql`l.state = 'in-force' and l.valid_until <= ${new Date(now)}`;
    for (const row of await loadOwnLimits(tx, sql`where ${due} for update of l`))
      await cease(tx, row, { now, state: 'ended', why: '有效期已到', rule: 'end-own-limits' });
  });
}

interface Ceasing {
  readonly now: number;
  readonly state: 'off' | 'ended';
  readonly why: string;
  readonly rule: string;
}

async function cease(tx: Tx, row: OwnLimitRow, { now, state, why, rule }: Ceasing): Promise<void> {
  await sql`update own_limit set state = ${state}, over_at = ${new Date(now)}, over_why = ${why}, version = version + 1
    where id = ${row.id}`.execute(tx);
  const after = { ...row, state, over_why: why };
  const { place, scenario } = row;
  await auditRule(tx, { rule, at: now }, [
    {
      action: `own-limit.${state}`,
      subject: subjectOf(row),
      before: { state: row.state },
      after: told(after),
      place,
      scenario,
    },
  ]);
  await announce(tx, [changed(after, now, true)]);
}
