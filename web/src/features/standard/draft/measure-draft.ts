import {
  type FireWeatherInputs,
  type MeasureKind,
  type PastDirection,
  type SignMeasure,
  type Statistic,
} from '#model/standard';

import { MEASURE_FORM_TEXT } from '../part-text.ts';
import {
  BLANK_LIMIT,
  type LimitDraft,
  limitDraft,
  limitOf,
  numberOf,
  secondsOf,
  type SpanDraft,
  spanDraft,
  textOf,
} from './field-drafts.ts';

/** What of the readings is compared, as it is being typed; each kind uses some of the fields. */
export interface MeasureDraft {
  readonly kind: MeasureKind;
  readonly statistic: Statistic;
  readonly window: SpanDraft;
  /** How long a detector learns before it says anything. */
  readonly learn: SpanDraft;
  readonly weeks: string;
  readonly as: 'absolute' | 'percent';
  readonly past: LimitDraft;
  readonly pastDirection: PastDirection;
  /** What a fire weather index is made of. */
  readonly inputs: FireWeatherInputs;
}

type MeasureField = 'statistic' | 'window' | 'learn' | 'weeks' | 'as' | 'past' | 'inputs';

/** What must be told of each kind of measure. */
export const MEASURE_FIELDS: Readonly<Record<MeasureKind, readonly MeasureField[]>> = {
  value: [],
  rolling: ['statistic', 'window'],
  rate: ['window'],
  duration: ['past'],
  deviation: ['weeks', 'as'],
  forecast: ['window', 'past'],
  anomaly: ['window'],
  rarity: ['learn'],
  points: ['past'],
  silence: [],
  'fire-weather': ['inputs'],
};

/** A week: every day of it has been seen once. */
const LEARN_SECONDS = 7 * 86_400;

/** As the default standard has it. */
const WEATHER: FireWeatherInputs = {
  temperature: 'MET.T',
  humidity: 'MET.RH',
  wind: 'MET.WIND_AVG',
  rain: 'MET.RAIN_1H',
};

function inputsOf({ temperature, humidity, wind, rain }: FireWeatherInputs): FireWeatherInputs {
  return { temperature, humidity, wind, rain };
}

export function measureDraft(measure: SignMeasure): MeasureDraft {
  return {
    kind: measure.kind,
    statistic: 'statistic' in measure ? measure.statistic : 'sum',
    window: spanDraft('windowSeconds' in measure ? measure.windowSeconds : 3600),
    learn: spanDraft('learnSeconds' in measure ? measure.learnSeconds : LEARN_SECONDS),
    weeks: String('weeks' in measure ? measure.weeks : 4),
    as: 'as' in measure ? measure.as : 'absolute',
    past: 'past' in measure ? limitDraft(measure.past) : BLANK_LIMIT,
    pastDirection: 'past' in measure ? measure.direction : 'high',
    inputs: measure.kind === 'fire-weather' ? inputsOf(measure) : WEATHER,
  };
}

/** Throws what cannot be read, as the fields do. */
export function measureOf(draft: MeasureDraft): SignMeasure {
  const { kind } = draft;
  const windowSeconds = (): number => secondsOf(draft.window, MEASURE_FORM_TEXT.window);
  const past = () => ({
    past: limitOf(draft.past, MEASURE_FORM_TEXT.past),
    direction: draft.pastDirection,
  });
  switch (kind) {
    case 'value':
    case 'silence':
      return { kind };
    case 'rolling':
      return { kind, statistic: draft.statistic, windowSeconds: windowSeconds() };
    case 'rate':
    case 'anomaly':
      return { kind, windowSeconds: windowSeconds() };
    case 'rarity':
      return { kind, learnSeconds: secondsOf(draft.learn, MEASURE_FORM_TEXT.learn) };
    case 'deviation':
      return { kind, weeks: numberOf(draft.weeks, MEASURE_FORM_TEXT.weeks), as: draft.as };
    case 'duration':
    case 'points':
      return { kind, ...past() };
    case 'forecast':
      return { kind, windowSeconds: windowSeconds(), ...past() };
    case 'fire-weather':
      return { kind, ...inputCodes(draft.inputs) };
    default:
      return kind satisfies never;
  }
}

function inputCodes({ temperature, humidity, wind, rain }: FireWeatherInputs): FireWeatherInputs {
  const { inputs } = MEASURE_FORM_TEXT;
  return {
    temperature: textOf(temperature, inputs.temperature),
    humidity: textOf(humidity, inputs.humidity),
    wind: textOf(wind, inputs.wind),
    rain: textOf(rain, inputs.rain),
  };
}
