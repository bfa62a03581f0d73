import { type RehearsalResult, rehearsalRoutes, versionRoutes } from '#contract/standard';
import { setTimeout as sleep } from 'node:timers/promises';

import type { CaseToRecord } from './case-files.ts';
import { changeSigns, type SignChange } from './change-signs.ts';
import type { PuanClient } from './client.ts';

const PAGE = 500;
const CASES_AT_ONCE = 1000;
const LOOK_MS = 500;

/** The past that a draft is run over. Moments in epoch ms, `to` excluded. */
export interface RehearsedPast {
  readonly scenario: string;
  readonly session: number;
  readonly objects: readonly string[];
  readonly from: number;
  readonly to: number;
}

/** It did not come to an end; the sentence says why. */
export class RehearsalError extends Error {
  override readonly name = 'RehearsalError';
}

/**
 * Begins a draft with these changes, runs it over the past beside the version in force and gives what came of it. The draft is
 * withdrawn again, whatever comes of it, unless `keep`. Throws {@link RehearsalError}, and what the server refuses.
 */
export async function rehearseDraft(
  client: PuanClient,
  past: RehearsedPast,
  how: {
    readonly changes: readonly SignChange[];
    readonly keep: boolean;
    readonly onProgress: (done: number, readings: number) => void;
  },
): Promise<RehearsalResult> {
  const begun = await client.call(versionRoutes.createStandardDraft, {
    body: { scenario: past.scenario, reason: '用真实录制推演标准，不发布' },
  });
  const params = { id: begun.id };
  try {
    const document = changeSigns(begun.document, how.changes);
    if (how.changes.length > 0) {
      await client.call(versionRoutes.updateStandardDraft, {
        params,
        body: { version: begun.version, document },
      });
    }
    const { session, objects, from, to } = past;
    const asked = await client.call(rehearsalRoutes.requestRehearsal, {
      params,
      body: { from, to, session, objects: [...objects] },
    });
    return await resultOf(client, asked.id, how.onProgress);
  } finally {
    if (!how.keep) await withdraw(client, begun.id);
  }
}

async function resultOf(
  client: PuanClient,
  id: number,
  onProgress: (done: number, readings: number) => void,
): Promise<RehearsalResult> {
  for (;;) {
    const { state, done, readings, result, failure } = await client.call(rehearsalRoutes.getRehearsal, {
      params: { id },
    });
    onProgress(done, readings);
    if (result) return result;
    if (state === 'failed' || state === 'cancelled')
      throw new RehearsalError(failure ?? '推演被取消了，没有结果。');
    await sleep(LOOK_MS);
  }
}

async function withdraw(client: PuanClient, id: number): Promise<void> {
  const { version } = await client.call(versionRoutes.getStandardDraft, { params: { id } });
  await client.call(versionRoutes.withdrawStandardDraft, { params: { id }, body: { version } });
}

/** Records the cases that are not known yet; gives the ids of all cases of these sources. */
export async function recordCases(
  client: PuanClient,
  scenario: string,
  cases: readonly CaseToRecord[],
): Promise<readonly number[]> {
  if (cases.length === 0) return [];
  const sources = new Set(cases.map(({ source }) => source));
  const known = async () =>
    (
      await client.all((after) =>
        client.call(rehearsalRoutes.listKnownCases, {
          query: { scenario, limit: PAGE, ...(after === undefined ? {} : { after }) },
        }),
      )
    ).filter(({ source }) => sources.has(source));
  const there = new Set((await known()).map((one) => keyOf({ ...one, object: one.object?.code })));
  const fresh = cases.filter((one) => !there.has(keyOf(one)));
  for (let at = 0; at < fresh.length; at += CASES_AT_ONCE) {
    const body = { scenario, cases: fresh.slice(at, at + CASES_AT_ONCE) };
    await client.call(rehearsalRoutes.recordKnownCases, { body });
  }
  return (await known()).map(({ id }) => id);
}

const keyOf = ({ from, to, text, object, source }: CaseToRecord | Omit<CaseToRecord, 'item'>): string =>
  JSON.stringify([from, to, text, object ?? null, source]);

/** Takes recorded cases back. */
export async function removeCases(client: PuanClient, ids: readonly number[]): Promise<void> {
  for (const id of ids) await client.call(rehearsalRoutes.removeKnownCase, { params: { id } });
}
