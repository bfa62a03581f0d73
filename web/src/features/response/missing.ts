import type { WorkOrderDetail } from '#contract/response';
import { CLEARING_NOTE_LENGTH, type Requirement, type WorkOrderAction } from '#model/response';

import { isResult, RESULT_PHOTOS } from '#model/standard';

import { momentOf } from '../../app/beijing-input.ts';
import { type Draft, noteOf } from './draft.ts';
import { REQUIREMENT_TEXT, TEXT } from './text.ts';

type Order = Pick<WorkOrderDetail, 'steps' | 'results' | 'entries'>;

interface Asked {
  readonly action: WorkOrderAction;
  readonly requires: readonly Requirement[];
}

/** What an action demands and the draft does not hold yet, in words. Empty: it may be handed in. */
export function missingOf({ action, requires }: Asked, draft: Draft, order: Order): readonly string[] {
  const steps = openSteps(draft, order).length;
  const open = openResults(draft, order);
  const short = noteWanted(action) - noteLength(draft, order);
  const lacks: Readonly<Record<Requirement, string | undefined>> = {
    reason: isBlank(draft.reason) ? REQUIREMENT_TEXT.reason : undefined,
    note: short > 0 ? noteText(action, short) : undefined,
    steps: steps > 0 ? `${REQUIREMENT_TEXT.steps}（${steps} 项）` : undefined,
    results:
      open.length > 0
        ? `${REQUIREMENT_TEXT.results}（${open.map(({ text }) => text).join('、')}）`
        : undefined,
    verdict: draft.verdict === undefined ? REQUIREMENT_TEXT.verdict : undefined,
    'false-alarm': draft.falseAlarm === undefined ? REQUIREMENT_TEXT['false-alarm'] : undefined,
    unit: isBlank(draft.unit) ? REQUIREMENT_TEXT.unit : undefined,
    until: momentOf(draft.until ?? '') === null ? REQUIREMENT_TEXT.until : undefined,
    parts: REQUIREMENT_TEXT.parts,
    into: draft.into === undefined ? REQUIREMENT_TEXT.into : undefined,
    ...gateLacks(draft),
  };
  return askedOf(requires, draft)
    .map((requirement) => lacks[requirement])
    .filter((words) => words !== undefined);
}

function isBlank(text: string | undefined): boolean {
  return (text ?? '').trim() === '';
}

/** What the two gates ask for: a reading that is back or was measured on site; and that it is confirmed. */
function gateLacks(draft: Draft): Readonly<Record<'normal' | 'measured', string | undefined>> {
  return {
    normal: isShown(draft) ? undefined : REQUIREMENT_TEXT.normal,
    measured: draft.confirmMeasured === true ? undefined : REQUIREMENT_TEXT.measured,
  };
}

/** A value somebody could have measured, and in what. */
export function isMeasured({ value, unit }: NonNullable<Draft['measured']>): boolean {
  return /^-?\d{1,9}(\.\d{1,3})?$/u.test(value.trim()) && unit.trim() !== '';
}

/** Measured where the sensor lies, with a picture. None is asked of what was no true warning. */
function isShown({ measured, photos, ...draft }: Draft): boolean {
  if (!asksForSteps(draft)) return true;
  return measured !== undefined && isMeasured(measured) && photos.length > 0;
}

/** What is asked for: a verdict 误报 asks for its reason besides. */
export function askedOf(requires: readonly Requirement[], { verdict }: Draft): readonly Requirement[] {
  const besides = requires.includes('verdict') && verdict === 'false-alarm';
  return besides ? [...requires, 'false-alarm'] : requires;
}

/** Steps are asked for a warning that was true; a false alarm is cleared without measures that nobody took. */
export function asksForSteps({ verdict }: Pick<Draft, 'verdict'>): boolean {
  return verdict === undefined || verdict === 'true';
}

/** What the disposal types must produce and is neither there nor drafted. */
function openResults(draft: Draft, { results, entries }: Order): Order['results'] {
  if (!asksForSteps(draft)) return [];
  const photos = draft.photos.length + entries.reduce((sum, one) => sum + one.attachments.length, 0);
  return results.filter(({ type, field, kind, done }) => {
    if (kind === 'photos') return photos < RESULT_PHOTOS;
    const typed = draft.results[`${type}.${field}`];
    return typed === undefined || typed === '' ? !done : !isResult(kind, typed);
  });
}

function noteWanted(action: WorkOrderAction): number {
  return action === 'clear' ? CLEARING_NOTE_LENGTH : 1;
}

function noteText(action: WorkOrderAction, short: number): string {
  const wanted = noteWanted(action);
  return wanted === 1 ? REQUIREMENT_TEXT.note : `${REQUIREMENT_TEXT.note}${TEXT.noteShort(wanted, short)}`;
}

/** Characters as a person counts them, as the server does. */
function noteLength(draft: Draft, { steps }: Order): number {
  return Array.from(noteOf(draft, steps)).length;
}

/** Required steps that are neither done nor ticked. */
function openSteps(draft: Draft, { steps }: Order): Order['steps'] {
  if (!asksForSteps(draft)) return [];
  return steps.filter((step) => step.required && step.doneAt === null && !draft.steps.includes(step.code));
}
