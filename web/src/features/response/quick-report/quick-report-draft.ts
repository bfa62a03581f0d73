import type { KeptReport, QuickReportDraft } from '../queue/kept-work.ts';
import { changedParts } from '../changed-parts.ts';
import { TEXT } from './text.ts';

export const EMPTY_REPORT: QuickReportDraft = { kind: '', text: '', named: '', spot: null, photos: [] };

/** As short as a report may be. */
const WORDS_LEAST = 2;

/** What is missing of it, in words. Empty: it may be handed in. */
export function missingOfReport({ kind, text, named, spot }: QuickReportDraft): readonly string[] {
  return [
    kind === '' ? TEXT.needKind : undefined,
    Array.from(text.trim()).length < WORDS_LEAST ? TEXT.needWords : undefined,
    spot === null && named.trim() === '' ? TEXT.needPlace : undefined,
  ].filter((one) => one !== undefined);
}

/** What was written for the next report while `handed` was being handed in. */
export function leftOfReport(draft: QuickReportDraft, handed: QuickReportDraft): QuickReportDraft {
  const photos = draft.photos.filter((photo) => !handed.photos.includes(photo));
  return { ...EMPTY_REPORT, ...changedParts(draft, handed), photos };
}

/** As it is written down on the phone. */
export function reportOf(
  { kind, text, named, spot, photos }: QuickReportDraft,
  by: { readonly account: string; readonly key: string; readonly at: number },
): KeptReport {
  const place = named.trim();
  const where = { ...(spot ? { lat: spot.lat, lon: spot.lon } : {}), ...(place === '' ? {} : { place }) };
  return {
    ...by,
    body: { kind, text: text.trim(), ...where },
    photos,
    id: null,
    state: 'waiting',
    problem: null,
  };
}
