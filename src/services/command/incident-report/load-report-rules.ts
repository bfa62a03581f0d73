import type { PathLike } from 'node:fs';
import { readFile } from 'node:fs/promises';

import { reportRuleFile } from '#contract/command';
import type { SystemContext } from '#services/context';
import { sql } from 'kysely';

/** Brings the rules of reporting to what the file says; what the district has set of them stays. */
export async function loadReportRules(context: SystemContext, file: PathLike): Promise<void> {
  const { rules } = reportRuleFile.parse(JSON.parse(await readFile(file, 'utf8')));
  const rows = rules.map((body, position) => ({ code: body.code, position, body, in_force: body.inForce }));
  await context.transaction(async (tx) => {
    await sql`insert into report_rule (code, position, body, in_force)
      select code, position, body, in_force from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as r(code text, position int, body jsonb, in_force boolean)
      on conflict (code) do update set position = excluded.position, body = excluded.body,
        in_force = case when report_rule.edited_at is null then excluded.in_force else report_rule.in_force end
      where (report_rule.position, report_rule.body) is distinct from (excluded.position, excluded.body)`.execute(
      tx,
    );
    // Duties that arose under them keep their code and their limits.
    await sql`delete from report_rule where code <> all(${rows.map(({ code }) => code)})`.execute(tx);
  });
}
