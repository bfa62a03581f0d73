/** Grades of 应急响应, the gravest first. */
export const ACTIVATION_GRADES = ['I', 'II', 'III', 'IV'] as const;
export type ActivationGrade = (typeof ACTIVATION_GRADES)[number];

export const ACTIVATION_GRADE_TEXT: Readonly<Record<ActivationGrade, string>> = {
  I: 'Ⅰ级',
  II: 'Ⅱ级',
  III: 'Ⅲ级',
  IV: 'Ⅳ级',
};

/** What an activation obliges somebody to do, and whether it is done. */
export interface ActivationMeasure {
  readonly text: string;
  readonly unit: string;
  readonly doneAt: number | null;
  readonly doneBy: string | null;
}
