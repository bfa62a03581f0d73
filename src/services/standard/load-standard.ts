import { scenarioOf } from '#model/platform';
import type { LimitsFile, StandardFile } from '#model/standard';
import type { SystemContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import { readStandard } from './read-standard.ts';

export interface LoadedStandard {
  /** `FLOOD 2025.1-default`: versions published now. */
  readonly published: readonly string[];
  /** Files that differ from the published version of the same number: not taken, the version must be raised. */
  readonly differing: readonly string[];
}

/**
 * Publishes the standards of a folder: each (scenario, version) once. A new version takes over from the one before; the
 * first of a scenario holds for all times before it too, so that recordings are judged by it. What is published never
 * changes. Throws with Chinese sentences when a file is not clean.
 */
export async function loadStandard(context: SystemContext, folder: string): Promise<LoadedStandard> {
  const { limits, files } = await readStandard(folder);
  const published: string[] = [];
  const differing: string[] = [];
  await context.transaction(async (tx) => {
    for (const document of [limits, ...files]) {
      const name = `${'scenario' in document ? document.scenario : '时限'} ${document.version}`;
      const outcome = await publish(tx, document, context.now());
      if (outcome === 'published') published.push(name);
      if (outcome === 'differs') differing.push(name);
    }
  });
  return { published, differing };
}

async function publish(
  tx: Tx,
  document: LimitsFile | StandardFile,
  now: number,
): Promise<'published' | 'held' | 'differs'> {
  const scenario = 'scenario' in document ? numberOf(document.scenario) : null;
  const text = JSON.stringify(document);
  const { rows: held } = await sql<{ same: boolean }>`
    select document = ${text}::jsonb as same from standard_version
    where scenario is not distinct from ${scenario} and version = ${document.version}`.execute(tx);
  if (held[0]) return held[0].same ? 'held' : 'differs';

  const { rows: replaced } = await sql`update standard_version set retired_at = ${new Date(now)}
    where scenario is not distinct from ${scenario} and retired_at is null returning id`.execute(tx);
  const { id } = await tx
    .insertInto('standard_version')
    .values({
      scenario,
      version: document.version,
      document: text,
      published_at: new Date(now),
      effective_from: new Date(replaced.length > 0 ? now : 0),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  if ('scenario' in document && scenario !== null) await insertRows(tx, document, { standard: id, scenario });
  return 'published';
}

function numberOf(code: string): number {
  const found = scenarioOf(code);
  if (!found) throw new Error(`业务标准的场景 ${code} 不在 17 个场景之内。请核对文件的 scenario。`);
  return found.id;
}

async function insertRows(
  tx: Tx,
  { elements, items, parameters, signs, handbook }: StandardFile,
  { standard, scenario }: { readonly standard: number; readonly scenario: number },
): Promise<void> {
  // Points refer to elements by code, so a newer version takes the row over.
  await sql`insert into element (code, standard_id, scenario, name, unit, period_seconds, range_min, range_max, sensing,
      is_key, body)
    select body->>'code', ${standard}::int, ${scenario}::int, body->>'name', body->>'unit',
      (body->>'periodSeconds')::int, (body->'range'->>0)::float8, (body->'range'->>1)::float8, body->>'sensing',
      (body->>'key')::boolean, body
    from jsonb_array_elements(${JSON.stringify(elements)}::jsonb) body
    on conflict (code) do update set standard_id = excluded.standard_id, scenario = excluded.scenario,
      name = excluded.name, unit = excluded.unit, period_seconds = excluded.period_seconds,
      range_min = excluded.range_min, range_max = excluded.range_max, sensing = excluded.sensing,
      is_key = excluded.is_key, body = excluded.body`.execute(tx);
  await sql`insert into parameter (code, standard_id, scenario, name, unit, range_min, range_max, body)
    select body->>'code', ${standard}::int, ${scenario}::int, body->>'name', body->>'unit',
      (body->'range'->>0)::float8, (body->'range'->>1)::float8, body
    from jsonb_array_elements(${JSON.stringify(parameters)}::jsonb) body
    on conflict (code) do update set standard_id = excluded.standard_id, scenario = excluded.scenario,
      name = excluded.name, unit = excluded.unit, range_min = excluded.range_min, range_max = excluded.range_max,
      body = excluded.body`.execute(tx);
  await sql`insert into warning_item (standard_id, code, scenario, name, kind, verification)
    select ${standard}::int, body->>'code', ${scenario}::int, body->>'name', body->>'kind', body->>'verification'
    from jsonb_array_elements(${JSON.stringify(items)}::jsonb) body`.execute(tx);
  await sql`insert into sign (standard_id, code, item_code, element_code, scenario, name, body)
    select ${standard}::int, body->>'code', body->>'item', body->>'element', ${scenario}::int, body->>'name', body
    from jsonb_array_elements(${JSON.stringify(signs)}::jsonb) body`.execute(tx);
  await sql`insert into handbook_entry (standard_id, item_code, level, scenario, body)
    select ${standard}::int, body->>'item', body->>'level', ${scenario}::int, body
    from jsonb_array_elements(${JSON.stringify(handbook)}::jsonb) body`.execute(tx);
}
