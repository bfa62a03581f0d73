import type { Unit } from '#contract/platform';
import type { RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';

type UnitRow = Omit<Unit, 'allowedActions'> & { readonly place: number; readonly scenario: number | null };

/** Units the caller may see, as `suffix` picks and sorts them. `t` is the unit. */
export async function loadUnits(
  { actor: { rights } }: RequestContext,
  tx: Tx,
  suffix: RawBuilder<unknown>,
): Promise<readonly Unit[]> {
  const { rows } = await sql<UnitRow>`
    select t.id, t.code, t.name, t.kind, t.credit_code as "creditCode", p.code as platform, p.name as "platformName", t.contact,
      t.phone_masked as "phoneMasked", t.address, t.note, t.version, t.place, t.scenario,
      (select count(*) from monitored_object o where ${rights.has('object.read')} and o.retired_at is null
        and (o.owner_unit = t.id or o.operator_unit = t.id or o.maintainer_unit = t.id)) as objects
    from unit t join platform p on p.id = t.platform_id ${suffix}`.execute(tx);
  return rows.map(({ place, scenario, ...row }) => ({
    ...row,
    allowedActions: [
      ...(rights.mayAt('object.manage', { place, scenario }) ? (['edit'] as const) : []),
      ...(rights.mayAt('personal.reveal', { place, scenario }) && row.phoneMasked !== null
        ? (['reveal'] as const)
        : []),
    ],
  }));
}
