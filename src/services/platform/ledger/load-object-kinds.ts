import { readFile } from 'node:fs/promises';
import type { PathLike } from 'node:fs';

import { scenarioOf } from '#model/platform';
import type { SystemContext } from '#services/context';
import { sql } from 'kysely';
import { z } from 'zod';

const kindsFile = z.strictObject({
  basis: z.string().min(1),
  kinds: z.array(
    z.strictObject({
      code: z.string().regex(/^[A-Z]+\.K\d{2}$/u),
      scenario: z.string(),
      name: z.string().min(1),
      elements: z.array(z.string()).min(1),
    }),
  ),
});

/**
 * Brings the kinds of object to what the default ledger says; those that people have edited stay as they left them, and none is
 * taken away. Throws a Chinese sentence for a scenario there is not.
 */
export async function loadObjectKinds(context: SystemContext, file: PathLike): Promise<void> {
  const { basis, kinds } = kindsFile.parse(JSON.parse(await readFile(file, 'utf8')));
  const rows = kinds.map((kind) => {
    const scenario = scenarioOf(kind.scenario)?.id;
    if (scenario === undefined)
      throw new Error(
        `对象类别 ${kind.code} 的场景 ${kind.scenario} 不在 17 个场景之内。请核对 object-kinds.json。`,
      );
    return { ...kind, scenario };
  });
  await context.transaction((tx) =>
    sql`insert into object_kind as k (scenario, place, code, name, elements, basis)
      select r.scenario, p.place, r.code, r.name, r.elements, ${basis}
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(scenario int2, code text, name text, elements text[])
      join lateral (select place from platform where scenario = r.scenario and place is not null order by id limit 1) p on true
      order by r.scenario, r.code
      on conflict (code) do update set name = excluded.name, elements = excluded.elements, basis = excluded.basis
      where k.edited_at is null
        and (k.name, k.elements, k.basis) is distinct from (excluded.name, excluded.elements, excluded.basis)`.execute(
      tx,
    ),
  );
}
