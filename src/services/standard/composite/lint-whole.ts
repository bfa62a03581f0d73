import { lintComposites, type LintFault, lintStandard } from '#contract/standard';
import type { LimitsFile, StandardFile } from '#model/standard';

import { lintFireWeather } from './lint-fire-weather.ts';
import { compositeSurroundings, type StandardOutline } from './composite-surroundings.ts';

/** Everything that keeps a scenario's standard from being published, seen with the standards of the other scenarios. */
export function lintWhole(
  file: StandardFile,
  limits: LimitsFile,
  others: readonly StandardOutline[],
): readonly LintFault[] {
  return [
    ...lintStandard(file, limits),
    ...lintFireWeather(file, others),
    ...lintComposites(file, compositeSurroundings(file, others)),
  ];
}
