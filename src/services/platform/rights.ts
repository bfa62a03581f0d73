import {
  type Capability,
  type PlaceRange,
  type Role,
  ROLE_CAPABILITIES,
  ROLES,
  type Scope,
} from '#model/platform';
import type { Actor } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';

/** What a person may do, and where, out of all assignments that hold now. */
export interface Rights {
  readonly roles: Actor['roles'];
  readonly capabilities: ReadonlySet<Capability>;
  readonly scope: Scope;
}

interface Assignment {
  readonly role: Role;
  readonly platform: string;
  readonly platform_name: string;
  readonly kind: string;
  readonly place: number | null;
  readonly place_to: number | null;
  /** The scenario of the platform itself and of the scenario platforms under it. */
  readonly scenarios: number[];
}

/** Platforms whose people see a stretch of territory; all others see scenarios. */
const TERRITORIAL: ReadonlySet<string> = new Set(['district', 'lingang', 'town', 'zone', 'village']);

/** The rights of an account at a moment (epoch ms). An account without a valid assignment sees and may do nothing. */
export async function loadRights(tx: Tx, account: number, now: number): Promise<Rights> {
  const { rows } = await sql<Assignment>`
    select a.role, p.code as platform, p.name as platform_name, p.kind, p.place, p.place_to,
      array(select c.scenario from platform c
        where c.scenario is not null and (c.id = p.id or c.parent_id = p.id and p.kind = 'industry')
        order by c.scenario) as scenarios
    from role_assignment a join platform p on p.id = a.platform_id
    where a.account_id = ${account} and a.valid_from <= ${new Date(now)}
      and (a.valid_to is null or a.valid_to > ${new Date(now)})
    order by a.id`.execute(tx);
  return rightsOf(rows.filter((row) => ROLES.includes(row.role)));
}

function rightsOf(assignments: readonly Assignment[]): Rights {
  const territorial = assignments.filter((row) => TERRITORIAL.has(row.kind));
  const places = territorial.flatMap((row): readonly PlaceRange[] =>
    row.place === null || row.place_to === null ? [] : [{ from: row.place, to: row.place_to }],
  );
  const scenarios = assignments.filter((row) => !TERRITORIAL.has(row.kind)).flatMap((row) => row.scenarios);
  return {
    roles: assignments.map((row) => ({
      role: row.role,
      platform: row.platform,
      platformName: row.platform_name,
    })),
    capabilities: new Set(assignments.flatMap((row) => ROLE_CAPABILITIES[row.role])),
    scope: { places, scenarios: [...new Set(scenarios)] },
  };
}
