import { VERDICTS } from '#model/response';
import { FALSE_ALARM_REASONS } from '#model/warning';
import { z } from 'zod';

import { changedParts } from './changed-parts.ts';

/** A picture on this phone that waits to go with the next action. */
const photo = z.object({ id: z.string(), step: z.string().nullable(), name: z.string() });

/** What somebody has ticked, typed and taken for an order and not yet handed in. */
export const draftShape = z.object({
  steps: z.array(z.string()),
  stepNotes: z.record(z.string(), z.string()),
  photos: z.array(photo),
  /** What disposal types produced, by `TYPE.field`. */
  results: z.record(z.string(), z.string()),
  note: z.string(),
  reason: z.string(),
  verdict: z.enum(VERDICTS).optional(),
  falseAlarm: z.enum(FALSE_ALARM_REASONS).optional(),
  unit: z.string().optional(),
  /** As the field for date and time holds it. */
  until: z.string().optional(),
  into: z.number().int().optional(),
  /** 传感器故障，现场已实测: as it was typed. */
  measured: z.object({ value: z.string(), unit: z.string() }).optional(),
  confirmMeasured: z.boolean().optional(),
  location: z.object({ lat: z.number(), lon: z.number(), accuracy: z.number() }).optional(),
});
export type Draft = z.infer<typeof draftShape>;

export const EMPTY_DRAFT: Draft = { steps: [], stepNotes: {}, results: {}, photos: [], note: '', reason: '' };

/** The note that is sent: what was typed for the action, then a line per step that asked for words or a value. */
export function noteOf(
  draft: Draft,
  steps: readonly { readonly code: string; readonly text: string }[],
): string {
  const lines = steps.flatMap(({ code, text }) => {
    const typed = draft.stepNotes[code]?.trim() ?? '';
    return typed === '' ? [] : [`${text}：${typed}`];
  });
  return [draft.note.trim(), ...lines].filter((line) => line !== '').join('\n');
}

/** What is left of a draft once `handed` has gone out of it: what was ticked, typed and taken since. */
export function leftOf(draft: Draft, handed: Draft): Draft {
  const { steps, photos, stepNotes, results } = draft;
  return {
    ...EMPTY_DRAFT,
    ...changedParts(draft, handed),
    steps: steps.filter((code) => !handed.steps.includes(code)),
    photos: photos.filter(({ id }) => !handed.photos.some((one) => one.id === id)),
    stepNotes: changedParts(stepNotes, handed.stepNotes),
    results: changedParts(results, handed.results),
  };
}
