import type { ClosureFacts } from './closure-facts.ts';
import type { OrderStep } from './order-facts.ts';

/** The record as it would be with a clearing. */
export function recordWith(record: ClosureFacts, step: OrderStep): ClosureFacts {
  const { verdict = null, note = '', measured, at } = step;
  const given = new Map(step.results?.map((one) => [`${one.type}.${one.field}`, one.value]));
  return {
    ...record,
    verdict,
    note: note.trim(),
    openSteps: record.openSteps.filter((code) => !step.steps?.includes(code)),
    results: record.results.map((one) => {
      const value = given.get(`${one.type}.${one.field}`) ?? one.value;
      return { ...one, value, done: true };
    }),
    times: { ...record.times, clear: at },
    photos: record.photos.map((one) => ({
      ...one,
      adopted: one.adopted || step.attachments?.includes(one.id) === true,
    })),
    standing: measured === undefined ? record.standing : [],
  };
}
