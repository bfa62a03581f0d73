import { CLEARING_NOTE_LENGTH, LONGEST_SUSPENSION_DAYS, type Requirement } from '#model/response';
import { isResult, RESULT_PHOTOS } from '#model/standard';

import type { Missing, OrderFacts, OrderStep } from './order-facts.ts';
import type { Transition } from './transitions.ts';

const DAY_MS = 86_400_000;

/** What an act demands and does not bring along. */
export function missingFor(transition: Transition, order: OrderFacts, step: OrderStep): readonly Missing[] {
  return (transition.requires ?? []).flatMap((requirement) => MISSING[requirement](order, step));
}

/** Codes the frozen handbook does not have. */
export function unknownSteps(order: OrderFacts, { steps = [] }: OrderStep): readonly string[] {
  return steps.filter((code) => !order.steps.some((known) => known.code === code));
}

/** Results that the frozen handbook does not ask for. */
export function unknownResults(order: OrderFacts, { results = [] }: OrderStep): readonly string[] {
  return results
    .filter(({ type, field }) => !order.results.some((one) => one.type === type && one.field === field))
    .map(({ type, field }) => `${type}.${field}`);
}

const MISSING: Readonly<Record<Requirement, (order: OrderFacts, step: OrderStep) => readonly Missing[]>> = {
  reason: (_, step) => (isBlank(step.reason) ? [{ requirement: 'reason' }] : []),
  unit: (_, step) => (isBlank(step.unit) ? [{ requirement: 'unit' }] : []),
  into: (_, step) => (step.into === undefined ? [{ requirement: 'into' }] : []),
  until: (_, { until, at }) =>
    until !== undefined && until > at && until <= at + LONGEST_SUSPENSION_DAYS * DAY_MS
      ? []
      : [{ requirement: 'until' }],
  note: (_, step) => {
    const enough = step.action === 'clear' ? CLEARING_NOTE_LENGTH : 1;
    return Array.from((step.note ?? '').trim()).length < enough ? [{ requirement: 'note' }] : [];
  },
  verdict: (_, { verdict, falseAlarm }) => {
    if (verdict === undefined) return [{ requirement: 'verdict' }];
    // 误报 is never said without its reason.
    return verdict === 'false-alarm' && !falseAlarm ? [{ requirement: 'false-alarm' }] : [];
  },
  // A paper clear bounces: the reading says otherwise, unless the sensor is at fault and somebody has measured and photographed it.
  normal: (order, step) => {
    if (wasNone(step) || order.standing.length === 0) return [];
    const isShown = step.measured !== undefined && (step.attachments?.length ?? 0) > 0;
    return isShown ? [] : [{ requirement: 'normal', standing: order.standing }];
  },
  measured: (order, step) =>
    !order.unconfirmed || step.confirmMeasured === true ? [] : [{ requirement: 'measured' }],
  // The whole is done when each part is (catalog §1.4).
  parts: (order) => (order.openParts === 0 ? [] : [{ requirement: 'parts' }]),
  'false-alarm': (_, step) => (step.falseAlarm ? [] : [{ requirement: 'false-alarm' }]),
  results: (order, step) => {
    if (wasNone(step)) return [];
    const open = order.results.filter((one) => !isThere(order, step, one));
    return open.length === 0 ? [] : [{ requirement: 'results', results: open.map((one) => one.text) }];
  },
  steps: (order, step) => {
    if (wasNone(step)) return [];
    const open = order.steps.filter((one) => one.required && !one.done && !step.steps?.includes(one.code));
    return open.length === 0 ? [] : [{ requirement: 'steps', steps: open.map((one) => one.code) }];
  },
};

/** What is given and fits, or was given before; a picture counts however it came. */
function isThere(order: OrderFacts, step: OrderStep, asked: OrderFacts['results'][number]): boolean {
  if (asked.kind === 'photos') return order.photos + new Set(step.attachments).size >= RESULT_PHOTOS;
  const given = step.results?.find((one) => one.type === asked.type && one.field === asked.field);
  return given === undefined ? asked.done : isResult(asked.kind, given.value);
}

/** A false alarm is cleared as such: nobody is made to tick or tell measures that were never taken. */
function wasNone({ verdict }: OrderStep): boolean {
  return verdict !== undefined && verdict !== 'true';
}

function isBlank(text: string | undefined): boolean {
  return text === undefined || text.trim() === '';
}
