import type { ElementDefinition, MeasureKind, SignDirection, SignMeasure } from '#model/standard';

/** The unit a measure has, where it is not the element's own. */
const UNIT_OF: Readonly<Partial<Record<MeasureKind, string>>> = {
  duration: 's',
  forecast: 's',
  silence: 's',
  anomaly: '1',
  points: '1',
};

/** The unit in which a measure of an element is compared. */
export function measuredUnit(measure: SignMeasure, element: Pick<ElementDefinition, 'unit'>): string {
  if (measure.kind === 'rolling' && measure.statistic === 'count') return '1';
  if (measure.kind === 'deviation' && measure.as === 'percent') return '%';
  return UNIT_OF[measure.kind] ?? element.unit;
}

/** The one direction in which a measure can grow worse; those that are not here may go either way. */
export const ONLY_DIRECTION: Readonly<Partial<Record<MeasureKind, SignDirection>>> = {
  duration: 'high',
  anomaly: 'high',
  points: 'high',
  silence: 'high',
  forecast: 'low',
};
