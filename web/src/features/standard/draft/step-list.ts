import type { HandbookStep } from '#model/standard';

/** One more step at the end, under a code that none has had. */
export function addStep(steps: readonly HandbookStep[]): readonly HandbookStep[] {
  const taken = steps.map(({ code }) => Number(code)).filter((code) => Number.isSafeInteger(code));
  const code = String(Math.max(0, ...taken) + 1);
  return [...steps, { code, text: '', evidence: 'none', required: false }];
}

/** The steps with one of them a place up or down; as they were at an end. */
export function moveStep(steps: readonly HandbookStep[], index: number, by: 1 | -1): readonly HandbookStep[] {
  const step = steps[index];
  const to = index + by;
  if (!step || to < 0 || to >= steps.length) return steps;
  return steps.toSpliced(index, 1).toSpliced(to, 0, step);
}
