import type { MonitoredObject } from '#contract/platform';
import { scenarioCodeOf } from '#model/platform';
import { type RequestContext, reaches } from '#services/context';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';

type ObjectRow = Omit<
  MonitoredObject,
  'scenarios' | 'allowedActions' | 'owner' | 'operator' | 'maintainer'
> & {
  readonly scenarios: readonly number[];
  readonly place: number;
} & Parties;

interface Parties {
  readonly owner: string | null;
  readonly owner_code: string | null;
  readonly operator: string | null;
  readonly operator_code: string | null;
  readonly maintainer: string | null;
  readonly maintainer_code: string | null;
}

/**
 * Objects the caller may see (row-level security), as `suffix` picks and sorts them. `o` is the object. A unit the caller may
 * not see is shown by the name that was given, without its code.
 */
export async function loadObjects(
  context: RequestContext,
  tx: Tx,
  suffix: RawBuilder<unknown>,
): Promise<readonly MonitoredObject[]> {
  const { rows } = await sql<ObjectRow>`
    select o.id, o.code, o.name, o.scenarios, o.place, o.lat, o.lon, o.town, o.village, o.place_approximate as "placeApproximate",
      o.simulated, o.address, o.parameters, o.retired_at as "retiredAt", o.version,
      coalesce(w.name, o.owner) as owner, w.code as owner_code, coalesce(p.name, o.operator) as operator,
      p.code as operator_code, coalesce(m.name, o.maintainer) as maintainer, m.code as maintainer_code
    from monitored_object o left join unit w on w.id = o.owner_unit left join unit p on p.id = o.operator_unit
      left join unit m on m.id = o.maintainer_unit
    ${suffix}`.execute(tx);
  return rows.map((row) => show(context, row));
}

function show(context: RequestContext, row: ObjectRow): MonitoredObject {
  const { place, scenarios, owner_code, operator_code, maintainer_code, ...shown } = row;
  const { owner, operator, maintainer, retiredAt } = row;
  const may = reaches(context, 'object.manage', { place, scenarios });
  return {
    ...shown,
    scenarios: codesOf(scenarios),
    owner: party(owner, owner_code),
    operator: party(operator, operator_code),
    maintainer: party(maintainer, maintainer_code),
    allowedActions: may ? (retiredAt === null ? ['edit', 'retire'] : ['restore']) : [],
  };
}

function party(name: string | null, unit: string | null): MonitoredObject['owner'] {
  return name === null ? null : { name, unit };
}

export function codesOf(scenarios: readonly number[]): string[] {
  return scenarios.map((id) => scenarioCodeOf(id) ?? String(id));
}
