import { socialRoutes } from '#contract/monitoring';

import { call } from '../../../app/call.ts';
import { judgeAnswer } from './judge-answer.ts';
import type { KeptReport } from './kept-work.ts';
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
    told = await sendWords(report);
    await sendPhoto(told);
    await removeReport(told.key);
    return 'done';
  } catch (error) {
    const judged = judgeAnswer(error);
    if (judged === 'again' || judged === 'signed-out') return judged;
    const problem = error instanceof Error ? error.message : String(error);
    await putReport({ ...told, state: 'refused', problem });
    return 'done';
  }
}

async function sendWords(report: KeptReport): Promise<KeptReport> {
  if (report.id !== null) return report;
  const { body, key, at } = report;
  const { id } = await call(socialRoutes.reportEvent, {
    body: { ...body, key, ...(Date.now() - at < AT_ONCE_MS ? {} : { observedAt: at }) },
    signal: AbortSignal.timeout(WORDS_MS),
  });
  const told = { ...report, id };
  await putReport(told);
  return told;
}

async function sendPhoto({ id, photo }: KeptReport): Promise<void> {
  if (photo === null || id === null) return;
  await sendPicture(photo, (raw, sha256, signal) =>
    call(socialRoutes.addReportPicture, {
      params: { id },
      query: sha256 === null ? {} : { sha256 },
      raw,
      signal,
    }),
  );
}
