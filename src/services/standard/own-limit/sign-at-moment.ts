import { ownLimitElementFaults, ownLimitFaults, type LintFault } from '#contract/standard';
import type { ElementDefinition, OwnLimits, Sign } from '#model/standard';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import { inForce } from '../in-force.ts';

/** A sign in force, its element, and where it belongs. */
export interface SignInForce {
  readonly body: Sign;
  readonly element: ElementDefinition;
  readonly scenario: number;
  readonly scenario_code: string;
}

type Parameters = Readonly<Record<string, number>>;

/** The signs of these codes that hold at a moment (epoch ms). */
export async function signsInForce(
  tx: Tx,
  codes: readonly string[],
  now: number,
): Promise<ReadonlyMap<string, SignInForce>> {
  const { rows } = await sql<SignInForce>`
    select g.body, e.body as element, g.scenario, s.code as scenario_code
    from sign g join standard_version v on v.id = g.standard_id join element e on e.code = g.element_code
    join scenario s on s.id = g.scenario
    where g.body ? 'measure' and ${inForce(now)} and g.code = any(${[...new Set(codes)]})`.execute(tx);
  return new Map(rows.map((row) => [row.body.code, row]));
}

/** Everything that keeps an object with these parameters from having these limits of its own. */
export function faultsAtObject(
  { body, element }: SignInForce,
  own: OwnLimits,
  parameters: Parameters,
): readonly LintFault[] {
  const faults = ownLimitFaults(body, own, (code) => parameters[code]);
  return faults.length > 0 ? faults : ownLimitElementFaults(body, own, element);
}
