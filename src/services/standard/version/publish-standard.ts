import type { LimitsFile, StandardFile } from '#model/standard';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import { takeEffect } from './take-effect.ts';

/** What becomes a version, and from when. */
export interface Publication {
  /** Number of the scenario; null for the limits they share. */
  readonly scenario: number | null;
  readonly document: LimitsFile | StandardFile;
  /** Epoch ms. */
  readonly effectiveFrom: number;
  /** Who stands behind it; null for a file of the default standard. */
  readonly people: {
    readonly submittedBy: number;
    readonly reviewedBy: number;
    readonly reason: string;
  } | null;
}

/**
 * Writes a version with everything that hangs on it, and ends the one before at its moment. What is published never changes.
 * Elements and parameters follow at the moment (`takeEffect`), now if that has come. Gives the id of the version, and the elements
 * that are new or have changed by now.
 */
export async function publishStandard(
  tx: Tx,
  { scenario, document, effectiveFrom, people }: Publication,
  now: number,
): Promise<{ readonly id: number; readonly elements: readonly string[] }> {
  const from = new Date(effectiveFrom);
  await sql`update standard_version set retired_at = ${from}
    where scenario is not distinct from ${scenario}::int2 and retired_at is null`.execute(tx);
  const { id } = await tx
    .insertInto('standard_version')
    .values({
      scenario,
      version: document.version,
      document: JSON.stringify(document),
      published_at: new Date(now),
      effective_from: from,
      origin: people === null ? 'file' : 'draft',
      reason: people?.reason ?? null,
      submitted_by: people?.submittedBy ?? null,
      reviewed_by: people?.reviewedBy ?? null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  if ('scenario' in document) await insertRows(tx, document, { standard: id, scenario });
  return { id, elements: effectiveFrom <= now ? await takeEffect(tx, id, now) : [] };
}

async function insertRows(
  tx: Tx,
  { items, signs, composites = [], handbook }: StandardFile,
  { standard, scenario }: { readonly standard: number; readonly scenario: number | null },
): Promise<void> {
  await sql`insert into warning_item (standard_id, code, scenario, name, kind, verification)
    select ${standard}::int, body->>'code', ${scenario}::int, body->>'name', body->>'kind', body->>'verification'
    from jsonb_array_elements(${JSON.stringify(items)}::jsonb) body`.execute(tx);
  await sql`insert into sign (standard_id, code, item_code, element_code, scenario, name, body)
    select ${standard}::int, body->>'code', body->>'item', body->>'element', ${scenario}::int, body->>'name', body
    from jsonb_array_elements(${JSON.stringify([...signs, ...composites])}::jsonb) body`.execute(tx);
  await sql`insert into handbook_entry (standard_id, item_code, level, scenario, body)
    select ${standard}::int, body->>'item', body->>'level', ${scenario}::int, body
    from jsonb_array_elements(${JSON.stringify(handbook)}::jsonb) body`.execute(tx);
}
