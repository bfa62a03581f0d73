import type { DependencyKind, DependencySource } from '#model/warning';
import type { RequestContext, Standing } from '#services/context';
import { reaches } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';

/** An end of a dependency, wherever it lies. */
export interface DependencyEnd extends Standing {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  readonly place: number;
}

/** What is told of an edge. Moments are epoch ms. */
export interface DependencyFacts {
  readonly lead_minutes: number | null;
  readonly reason: string | null;
  readonly basis: string;
  readonly valid_from: number;
  readonly valid_to: number | null;
}

export interface HeldDependency extends DependencyFacts {
  readonly id: number;
  readonly from_object: number;
  readonly to_object: number;
  readonly kind: DependencyKind;
  readonly source: DependencySource;
  readonly edited_by: string;
  readonly edited_at: number;
  readonly version: number;
}

/** Objects by code or by number, also those out of the caller's sight: a dependency may lead there. Retired ones are none. */
export async function loadEnds(
  tx: Tx,
  { codes = [], ids = [] }: { readonly codes?: readonly string[]; readonly ids?: readonly number[] },
): Promise<readonly DependencyEnd[]> {
  const { rows } = await sql<DependencyEnd>`
    select id, code, name, place, scenarios from dependency_ends(${[...new Set(codes)]}::text[], ${[...new Set(ids)]}::int[])`.execute(
    tx,
  );
  return rows;
}

/** Whoever keeps either end keeps the dependency. */
export function mayKeep(context: RequestContext, ends: readonly (DependencyEnd | undefined)[]): boolean {
  return ends.some((end) => end !== undefined && reaches(context, 'dependency.manage', end));
}
