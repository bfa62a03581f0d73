import { announce, type SystemContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';

/**
 * Elements and parameters are known by their codes (points and objects refer to them), so a version takes their rows over at its
 * moment, not before. Doing it again changes nothing. Gives the codes of elements that are new or have changed.
 */
export async function takeEffect(tx: Tx, standard: number, now: number): Promise<readonly string[]> {
  const { rows } = await sql<{ code: string }>`with written as (
    insert into element (code, standard_id, scenario, name, unit, period_seconds, range_min, range_max, sensing,
      is_key, body)
    select body->>'code', v.id, v.scenario, body->>'name', body->>'unit', (body->>'periodSeconds')::int,
      (body->'range'->>0)::float8, (body->'range'->>1)::float8, body->>'sensing', (body->>'key')::boolean, body
    from standard_version v, jsonb_array_elements(v.document->'elements') body where v.id = ${standard}
    on conflict (code) do update set standard_id = excluded.standard_id, scenario = excluded.scenario,
      name = excluded.name, unit = excluded.unit, period_seconds = excluded.period_seconds,
      range_min = excluded.range_min, range_max = excluded.range_max, sensing = excluded.sensing,
      is_key = excluded.is_key, body = excluded.body
    returning code, body
    ) select w.code from written w where w.body is distinct from (select e.body from element e where e.code = w.code)`.execute(
    tx,
  );
  await sql`insert into parameter (code, standard_id, scenario, name, unit, range_min, range_max, body)
    select body->>'code', v.id, v.scenario, body->>'name', body->>'unit', (body->'range'->>0)::float8,
      (body->'range'->>1)::float8, body
    from standard_version v, jsonb_array_elements(v.document->'parameters') body where v.id = ${standard}
    on conflict (code) do update set standard_id = excluded.standard_id, scenario = excluded.scenario,
      name = excluded.name, unit = excluded.unit, range_min = excluded.range_min, range_max = excluded.range_max,
      body = excluded.body`.execute(tx);
  await sql`update standard_version set took_effect_at = ${new Date(now)} where id = ${standard}`.execute(tx);
  return rows.map(({ code }) => code);
}

/** Lets every published version whose moment has come take effect, and tells the pages. Their ids, oldest moment first. */
export async function takeEffectDue(context: SystemContext): Promise<readonly number[]> {
  const now = context.now();
  return context.transaction(async (tx) => {
    const { rows } = await sql<{ id: number; version: string; scenario: string | null }>`
      select v.id, v.version, (select s.code from scenario s where s.id = v.scenario) as scenario
      from standard_version v
      where v.took_effect_at is null and v.cancelled_at is null and v.effective_from <= ${new Date(now)}
      order by v.effective_from, v.id for update of v`.execute(tx);
    for (const row of rows) {
      const elements = await takeEffect(tx, row.id, now);
      const payload = { ...row, standard: row.id, elements };
      await announce(tx, [{ type: 'standard.took-effect', at: now, place: null, scenario: null, payload }]);
    }
    return rows.map(({ id }) => id);
  });
}
