export { type CompiledSign, compileSign, excess, type ParameterOf, switchedOff } from './compile-sign.ts';
export {
  type CompiledComposite,
  type CompiledCondition,
  compileComposite,
} from './composite/compile-composite.ts';
export type { CompositeFact, CompositeFacts, CompositeValue } from './composite/composite-facts.ts';
export type { CompositeNames, ConditionReads } from './composite/condition-reader.ts';
export { compositeSentence, type ToldFact } from './composite/composite-sentence.ts';
export { type DecidingFacts, decidingFacts } from './composite/deciding-facts.ts';
export { type CompositeSupply, lackingFacts } from './composite/lacking-facts.ts';
export { type CompositeVerdict, judgeComposite } from './composite/judge-composite.ts';
export { compositeRank, type ReadyComposite, readyComposite } from './composite/ready-composite.ts';
export { evaluate, type Outcome, runTimers, type SignChange } from './evaluate.ts';
export type { FireWeather, FuelMoisture, NoonWeather } from './fire-weather/fire-weather.ts';
export { type ObservedSeries, rainToNoon, valueAtNoon } from './fire-weather/noon-observation.ts';
export { nextFireWeather, START_MOISTURE } from './fire-weather/next-fire-weather.ts';
export type { Measure } from './measures/measure.ts';
export { measureOf } from './measures/measure-of.ts';
export { PointsPast } from './measures/points-past.ts';
export { Rarity } from './measures/rarity.ts';
export type { ReadyMeasure } from './measures/ready-measure.ts';
export { raritySeen, raritySentence } from './rarity-sentence.ts';
export {
  extremeSentence,
  levelSentence,
  normalSentence,
  quantity,
  resolved,
  spanText,
  type SpokenSign,
  standingSentence,
} from './sentence.ts';
export { SignStates } from './sign-states.ts';
