import { scenarioOf } from '#model/platform';
import type { LimitsFile, StandardFile } from '#model/standard';
import type { SystemContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import { checkOwnLimits } from './own-limit/check-own-limits.ts';
import { readStandard } from './read-standard.ts';
import { publishStandard } from './version/publish-standard.ts';

export interface LoadedStandard {
  /** `FLOOD 2025.1-default`: versions published now. */
  readonly published: readonly string[];
  /** Files that differ from the published version of the same number: not taken, the version must be raised. */
  readonly differing: readonly string[];
  /** Newer files of scenarios whose newest version people have published: not taken, a file never overrules people. */
  readonly heldBack: readonly string[];
}

type Outcome = 'published' | 'held' | 'differs' | 'held-back';

/**
 * Publishes the standards of a folder: each (scenario, version) once. A new version takes over from the one before; the
 * first of a scenario holds for all times before it too, so that recordings are judged by it. What is published never
 * changes. Throws with Chinese sentences when a file is not clean.
 */
export async function loadStandard(context: SystemContext, folder: string): Promise<LoadedStandard> {
  const { limits, files } = await readStandard(folder);
  const outcomes: { readonly name: string; readonly outcome: Outcome }[] = [];
  await context.transaction(async (tx) => {
    const now = context.now();
    for (const document of [limits, ...files]) {
      const name = `${'scenario' in document ? document.scenario : '时限'} ${document.version}`;
      outcomes.push({ name, outcome: await publish(tx, document, now) });
    }
    await checkOwnLimits(tx, { scenarios: files.map(({ scenario }) => scenario) }, now);
  });
  const namesOf = (wanted: Outcome): readonly string[] =>
    outcomes.filter(({ outcome }) => outcome === wanted).map(({ name }) => name);
  return {
    published: namesOf('published'),
    differing: namesOf('differs'),
    heldBack: namesOf('held-back'),
  };
}

async function publish(tx: Tx, document: LimitsFile | StandardFile, now: number): Promise<Outcome> {
  const scenario = 'scenario' in document ? numberOf(document.scenario) : null;
  const { rows: held } = await sql<{ same: boolean }>`
    select document = ${JSON.stringify(document)}::jsonb as same from standard_version
    where scenario is not distinct from ${scenario} and version = ${document.version}`.execute(tx);
  if (held[0]) return held[0].same ? 'held' : 'differs';

  const { rows: newest } = await sql<{ origin: string }>`select origin from standard_version
    where scenario is not distinct from ${scenario} and retired_at is null`.execute(tx);
  if (newest[0]?.origin === 'draft') return 'held-back';
  const effectiveFrom = newest[0] ? now : 0;
  await publishStandard(tx, { scenario, document, effectiveFrom, people: null }, now);
  return 'published';
}

function numberOf(code: string): number {
  const found = scenarioOf(code);
  if (!found) throw new Error(`业务标准的场景 ${code} 不在 17 个场景之内。请核对文件的 scenario。`);
  return found.id;
}
