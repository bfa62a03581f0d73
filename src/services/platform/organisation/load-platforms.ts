import { readFile } from 'node:fs/promises';

import { SCENARIOS, scenarioOf } from '#model/platform';
import { PLATFORM_KINDS } from '#model/platform/tree';
import type { SystemContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';
import { z } from 'zod';

const TIERS = PLATFORM_KINDS.filter((kind) => kind !== 'zone');
const perTier = z.record(z.enum(TIERS), z.number().int());

const platformFile = z.object({
  counts: z.object({
    regulation: perTier.and(z.object({ total: z.number() })),
    held: perTier.and(z.object({ total: z.number() })),
    missing: z.string(),
  }),
  platforms: z
    .array(
      z.object({
        code: z.string().min(1),
        name: z.string().min(1),
        kind: z.enum(PLATFORM_KINDS),
        parent: z.string().nullable(),
        department: z.string().optional(),
        unit: z.string().optional(),
        technicalUnit: z.string().optional(),
        inferred: z.boolean().default(false),
        scenario: z.string().optional(),
        lingang: z.boolean().default(false),
        lat: z.number().optional(),
        lon: z.number().optional(),
        place: z.number().int().positive(),
        placeTo: z.number().int().positive(),
        note: z.string().optional(),
      }),
    )
    .min(1),
});
type PlatformsRead = z.output<typeof platformFile>;

/**
 * Brings scenarios, the tree of platforms and its official counts to what `standards/platforms.json` says; running it
 * again changes nothing. A platform's id is its place number, which is never given twice.
 * Throws when the file's shape, a parent or a scenario does not hold.
 */
export async function loadPlatforms(
  context: SystemContext,
  file: string | URL,
): Promise<{ readonly platforms: number }> {
  const read = platformFile.parse(JSON.parse(await readFile(file, 'utf8')));
  await context.transaction(async (tx) => {
    await saveScenarios(tx);
    await savePlatforms(tx, read);
    await saveCounts(tx, read);
  });
  return { platforms: read.platforms.length };
}

async function saveScenarios(tx: Tx): Promise<void> {
  const rows = Object.entries(SCENARIOS).map(([code, entry]) => ({ code, ...entry }));
  await sql`insert into scenario (id, code, name, owner)
    select id, code, name, owner
    from json_to_recordset(${JSON.stringify(rows)}::json) as s(id int2, code text, name text, owner text)
    on conflict (id) do update set code = excluded.code, name = excluded.name, owner = excluded.owner
    where (scenario.code, scenario.name, scenario.owner) is distinct from (excluded.code, excluded.name, excluded.owner)`.execute(
    tx,
  );
}

async function savePlatforms(tx: Tx, { platforms }: PlatformsRead): Promise<void> {
  const ids = new Map(platforms.map((row) => [row.code, row.place]));
  const rows = platforms.map((row) => ({
    ...row,
    parent: row.parent === null ? null : known(ids.get(row.parent), `${row.code} 的上级平台 ${row.parent}`),
    scenario: row.scenario === undefined ? null : known(scenarioOf(row.scenario)?.id, `场景 ${row.scenario}`),
  }));
  await sql`insert into platform (id, code, name, kind, parent_id, department, unit, technical_unit, scenario, inferred,
      lingang, place, place_to, lat, lon, note)
    select place, code, name, kind, parent, department, unit, "technicalUnit", scenario, inferred, lingang, place,
      "placeTo", lat, lon, note
    from json_to_recordset(${JSON.stringify(rows)}::json) as p(code text, name text, kind text, parent int,
      department text, unit text, "technicalUnit" text, scenario int2, inferred boolean, lingang boolean, place int,
      "placeTo" int, lat float8, lon float8, note text)
    on conflict (code) do update set name = excluded.name, kind = excluded.kind, parent_id = excluded.parent_id,
      department = excluded.department, unit = excluded.unit, technical_unit = excluded.technical_unit,
      scenario = excluded.scenario, inferred = excluded.inferred, lingang = excluded.lingang, place = excluded.place,
      place_to = excluded.place_to, lat = excluded.lat, lon = excluded.lon, note = excluded.note
    where platform is distinct from excluded`.execute(tx);
}

async function saveCounts(tx: Tx, { counts }: PlatformsRead): Promise<void> {
  const rows = TIERS.map((kind) => ({
    kind,
    regulation: counts.regulation[kind],
    held: counts.held[kind],
    note: counts.regulation[kind] === counts.held[kind] ? null : counts.missing,
  }));
  await sql`insert into platform_count (kind, regulation, held, note)
    select kind, regulation, held, note
    from json_to_recordset(${JSON.stringify(rows)}::json) as c(kind text, regulation int, held int, note text)
    on conflict (kind) do update set regulation = excluded.regulation, held = excluded.held, note = excluded.note`.execute(
    tx,
  );
}

function known<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`平台清单里没有${what}。请核对 platforms.json。`);
  return value;
}
