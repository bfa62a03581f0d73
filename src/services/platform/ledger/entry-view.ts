import type { LedgerEntry } from '#contract/platform';
import { scenarioCodeOf } from '#model/platform';
import type { RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';

type Row = Omit<LedgerEntry, 'scenario' | 'allowedActions'> & {
  readonly place: number;
  readonly scenario: number;
};

/** Lines of the ledger in the caller's scope, as `tail` picks and sorts them; `t` is the line. */
export async function loadEntries(
  context: RequestContext,
  tx: Tx,
  tail: RawBuilder<unknown>,
): Promise<readonly LedgerEntry[]> {
  const { rows } = await sql<Row>`
    select t.id, t.scenario, t.place, s.name as "scenarioName", k.code as kind, k.name as "kindName", t.town,
      coalesce(w.name, t.town) as "townName", t.village, v.name as "villageName", t.name, t.quantity,
      case when o.id is not null then json_build_object('id', o.id, 'code', o.code, 'name', o.name) end as object,
      t.source, t.as_of as "asOf", t.note, t.edited_by as "editedBy", t.edited_at as "editedAt", t.version
    from ledger_entry t join scenario s on s.id = t.scenario join object_kind k on k.id = t.kind_id
      left join platform w on w.code = t.town left join platform v on v.code = t.village
      left join monitored_object o on o.id = t.object_id and o.retired_at is null
    ${tail}`.execute(tx);
  return rows.map(({ place, scenario, ...shown }) => ({
    ...shown,
    scenario: scenarioCodeOf(scenario) ?? String(scenario),
    allowedActions: context.actor.rights.mayAt('object.manage', { place, scenario })
      ? ['edit', 'remove']
      : [],
  }));
}
