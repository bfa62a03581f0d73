import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';

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

const dutiesFile = z.object({
  duties: z.array(
    z.object({
      platforms: z.array(z.string()).optional(),
      kinds: z.array(z.enum(PLATFORM_KINDS)).optional(),
      departments: z.array(z.string()).optional(),
      text: z.string().min(1),
      basis: z.string().min(1),
      seen: z.boolean(),
    }),
  ),
});
type DutiesRead = z.output<typeof dutiesFile>;

/**
 * Brings scenarios, the tree of platforms, its official counts and its duties to what `standards/platforms.json` and the
 * `duties.json` beside it say; running it again changes nothing, and what people have changed stays as they left it.
 * A platform's id is its place number, which is never given twice.
 * Throws when a file's shape, a parent or a scenario does not hold.
 */
export async function loadPlatforms(
  context: SystemContext,
  file: string | URL,
): Promise<{ readonly platforms: number }> {
  const read = platformFile.parse(JSON.parse(await readFile(file, 'utf8')));
  const beside = new URL('duties.json', typeof file === 'string' ? pathToFileURL(file) : file);
  const duties = dutiesFile.parse(JSON.parse(await readFile(beside, 'utf8')));
  await context.transaction(async (tx) => {
    await saveScenarios(tx);
    await savePlatforms(tx, read);
    await saveCounts(tx, read);
    await saveDuties(tx, duties, read);
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

/** Facts that people may change: the file's word is kept beside, and holds wherever nobody has changed it. */
const FACTS = ['name', 'department', 'unit', 'technical_unit', 'note'] as const;

async function savePlatforms(tx: Tx, { platforms }: PlatformsRead): Promise<void> {
  const ids = new Map(platforms.map((row) => [row.code, row.place]));
  const rows = platforms.map(({ technicalUnit, ...row }) => {
    const facts = {
      name: row.name,
      department: row.department ?? null,
      unit: row.unit ?? null,
      technical_unit: technicalUnit ?? null,
      note: row.note ?? null,
    };
    return {
      ...row,
      ...facts,
      filed: facts,
      parent: row.parent === null ? null : known(ids.get(row.parent), `${row.code} 的上级平台 ${row.parent}`),
      scenario:
        row.scenario === undefined ? null : known(scenarioOf(row.scenario)?.id, `场景 ${row.scenario}`),
    };
  });
  const facts = FACTS.map(
    (fact) =>
      sql`${sql.ref(fact)} = case when ${fact} = any(p.edited) then p.${sql.ref(fact)} else excluded.${sql.ref(fact)} end`,
  );
  const file = sql.raw('kind, parent_id, scenario, inferred, lingang, place, place_to, lat, lon, filed');
  const filed =
    sql.raw(`excluded.kind, excluded.parent_id, excluded.scenario, excluded.inferred, excluded.lingang,
    excluded.place, excluded.place_to, excluded.lat, excluded.lon, excluded.filed`);
  const held = sql.raw(
    'p.kind, p.parent_id, p.scenario, p.inferred, p.lingang, p.place, p.place_to, p.lat, p.lon, p.filed',
  );
  await sql`insert into platform as p (id, code, name, department, unit, technical_unit, note, ${file})
    select place, code, name, department, unit, technical_unit, note, kind, parent, scenario, inferred, lingang, place,
      "placeTo", lat, lon, filed
    from json_to_recordset(${JSON.stringify(rows)}::json) as r(code text, name text, kind text, parent int,
      department text, unit text, technical_unit text, scenario int2, inferred boolean, lingang boolean, place int,
      "placeTo" int, lat float8, lon float8, note text, filed jsonb)
    on conflict (code) do update set ${sql.join(facts)}, (${file}) = row(${filed})
    where (${held}) is distinct from (${filed})`.execute(tx);
}

/** The duties stand beside the tree; a duty that names an unknown platform is an error of the file. */
async function saveDuties(tx: Tx, { duties }: DutiesRead, { platforms }: PlatformsRead): Promise<void> {
  const codes = new Set(platforms.map(({ code }) => code));
  for (const code of duties.flatMap((duty) => duty.platforms ?? [])) {
    if (!codes.has(code)) throw new Error(`职责清单里的平台 ${code} 不在平台清单里。请核对 duties.json。`);
  }
  const rows = duties.map((duty, position) => ({ position, ...duty }));
  await sql`delete from platform_duty where position >= ${rows.length}`.execute(tx);
  await sql`insert into platform_duty as d (position, platforms, kinds, departments, text, basis, seen)
    select position, platforms, kinds, departments, text, basis, seen
    from json_to_recordset(${JSON.stringify(rows)}::json) as r(position int, platforms text[], kinds text[],
      departments text[], text text, basis text, seen boolean)
    on conflict (position) do update set platforms = excluded.platforms, kinds = excluded.kinds,
      departments = excluded.departments, text = excluded.text, basis = excluded.basis, seen = excluded.seen
    where d is distinct from excluded`.execute(tx);
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
