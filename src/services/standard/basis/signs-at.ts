import type { Tx } from '#storage';
import { sql } from 'kysely';

import { inForce } from '../in-force.ts';

export interface SignThere {
  readonly scenario: number;
  readonly code: string;
  readonly name: string;
}

/** The signs in force that judge at the points of an object, in the scenarios it stands in. */
export async function signsAt(tx: Tx, object: number, now: number): Promise<readonly SignThere[]> {
  const { rows } = await sql<SignThere>`
    select distinct g.scenario, g.code, g.name
    from point p join monitored_object o on o.id = p.object_id join sign g on g.element_code = p.element_code
      join standard_version v on v.id = g.standard_id
    where p.object_id = ${object} and g.scenario = any(o.scenarios) and ${inForce(now)} order by g.code`.execute(
    tx,
  );
  return rows;
}
