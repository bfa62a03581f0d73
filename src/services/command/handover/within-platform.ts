import { type RawBuilder, sql } from 'kysely';

import type { DutyPlatform } from '../find-platform.ts';

/** Platforms that answer for a stretch of territory; all others answer for scenarios. */
const TERRITORIAL: ReadonlySet<string> = new Set(['district', 'lingang', 'town', 'zone', 'village']);

/** Rows of `alias` that a platform answers for; what the reader may not see stays hidden beside it (row-level security). */
export function withinPlatform(platform: DutyPlatform, alias: string): RawBuilder<unknown> {
  return TERRITORIAL.has(platform.kind)
    ? sql`${sql.ref(`${alias}.place`)} between ${platform.place} and ${platform.placeTo}`
    : sql`${sql.ref(`${alias}.scenario`)} = any(${[...platform.scenarios]}::int2[])`;
}

/** The same for tables whose rows stand in several scenarios. */
export function withinPlatformScenarios(platform: DutyPlatform, alias: string): RawBuilder<unknown> {
  return TERRITORIAL.has(platform.kind)
    ? withinPlatform(platform, alias)
    : sql`${sql.ref(`${alias}.scenarios`)} && ${[...platform.scenarios]}::int2[]`;
}
