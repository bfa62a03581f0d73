export { type CompiledSign, compileSign, type ParameterOf, switchedOff } from './compile-sign.ts';
export { evaluate, type Outcome, runTimers, type SignChange } from './evaluate.ts';
export type { Measure } from './measures/measure.ts';
export { measureOf } from './measures/measure-of.ts';
export { PointsPast } from './measures/points-past.ts';
export type { ReadyMeasure } from './measures/ready-measure.ts';
export { levelSentence, normalSentence, quantity, resolved, spanText, type SpokenSign } from './sentence.ts';
export { SignStates } from './sign-states.ts';
