import { socialRoutes } from '#contract/monitoring';

import { call } from '../../../app/call.ts';
import { judgeAnswer } from './judge-answer.ts';
import type { KeptReport, SealedPhoto } from './kept-work.ts';
import type { RoundEnd } from './send-acts.ts';
import { sendPicture } from './send-picture.ts';
import { putReport, readReports, removeReport } from './work-store.ts';

/** Longer than this a line that swallows what is sent is not believed. */
const WORDS_MS = 20_000;
/** Handed in so soon after it was seen that one moment tells both. */
const AT_ONCE_MS = 60_000;

/** Sends what was reported, words first; each carries its key, so that what comes again is known. Refusals wait for the person. */
export async function sendReports(account: string): Promise<RoundEnd> {
  for (const report of await readReports(account)) {
    if (report.state === 'refused') continue;
    const end = await sendOne(report);
    if (end !== 'done') return end;
  }
  return 'done';
}

async function sendOne(report: KeptReport): Promise<RoundEnd> {
  let told = report;
  try {
    await handIn(report, async (left) => {
      told = left;
      await putReport(left);
    });
    await removeReport(report.key);
    return 'done';
  } catch (error) {
    const judged = judgeAnswer(error);
    if (judged === 'again' || judged === 'signed-out') return judged;
    const problem = error instanceof Error ? error.message : String(error);
    await putReport({ ...told, state: 'refused', problem });
    return 'done';
  }
}

/** Sends a report that the phone has no room to keep: whole or not at all, as far as anybody on it knows. */
export function sendUnkept(report: KeptReport): Promise<void> {
  return handIn(report, () => Promise.resolve());
}

/** Words first, then its pictures; `keep` is told what is left after each of them. */
async function handIn(report: KeptReport, keep: (left: KeptReport) => Promise<void>): Promise<void> {
  let left = report;
  const id = report.id ?? (await sendWords(report));
  if (report.id === null) await keep((left = { ...report, id }));
  for (const photo of report.photos) {
    await sendPhoto(id, photo);
    await keep((left = { ...left, photos: left.photos.filter((one) => one !== photo) }));
  }
}

async function sendWords({ body, key, at }: KeptReport): Promise<number> {
  const { id } = await call(socialRoutes.reportEvent, {
    body: { ...body, key, ...(Date.now() - at < AT_ONCE_MS ? {} : { observedAt: at }) },
    signal: AbortSignal.timeout(WORDS_MS),
  });
  return id;
}

async function sendPhoto(id: number, photo: SealedPhoto): Promise<void> {
  await sendPicture(photo, (raw, sha256, signal) =>
    call(socialRoutes.addReportPicture, {
      params: { id },
      query: sha256 === null ? {} : { sha256 },
      raw,
      signal,
    }),
  );
}
