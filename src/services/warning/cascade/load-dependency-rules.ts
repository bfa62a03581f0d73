import type { PathLike } from 'node:fs';
import { readFile } from 'node:fs/promises';

import { dependencyFile, lintDependencies } from '#contract/warning';
import type { SystemContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';

/**
 * Brings the rules of cascades to what the file says; what the district has changed of them (in force, lead time) stays. A rule
 * that does not fit the standard in force (people may have taken its item away) is left out: gives a Chinese sentence for each.
 * Call it once the standard is loaded.
 */
export async function loadDependencyRules(
  context: SystemContext,
  file: PathLike,
): Promise<readonly string[]> {
  const read = dependencyFile.parse(JSON.parse(await readFile(file, 'utf8')));
  return context.transaction(async (tx) => {
    const faults = lintDependencies(read, await knownCodes(tx));
    const clean = read.rules.filter(({ code }) => !faults.some((fault) => fault.startsWith(code)));
    const rows = clean.map((body, position) => ({ code: body.code, position, body }));
    await sql`insert into dependency_rule (code, position, body)
      select code, position, body from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(code text, position int, body jsonb)
      on conflict (code) do update set position = excluded.position, body = excluded.body
      where (dependency_rule.position, dependency_rule.body) is distinct from (excluded.position, excluded.body)`.execute(
      tx,
    );
    // What they foresaw keeps their codes; nobody is reached by them any more.
    await sql`delete from dependency_rule where code <> all(${rows.map(({ code }) => code)})`.execute(tx);
    return faults;
  });
}

async function knownCodes(
  tx: Tx,
): Promise<{ readonly items: ReadonlySet<string>; readonly elements: ReadonlySet<string> }> {
  const items = await tx.selectFrom('warning_item').select('code').distinct().execute();
  const elements = await tx.selectFrom('element').select('code').distinct().execute();
  return {
    items: new Set(items.map(({ code }) => code)),
    elements: new Set(elements.map(({ code }) => code)),
  };
}
