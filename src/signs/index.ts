export { type CompiledSign, compileSign } from './compile-sign.ts';
export { evaluate, type Outcome, runTimers, type SignChange } from './evaluate.ts';
export { RollingSum } from './rolling-sum.ts';
export { levelSentence, normalSentence, quantity, type SpokenSign } from './sentence.ts';
export { SignStates } from './sign-states.ts';
