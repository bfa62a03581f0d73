import type { LintFault } from '#contract/standard';
import type { FireWeatherInputs, StandardFile } from '#model/standard';
import { unitText } from '#model/standard';

import type { StandardOutline } from './composite-surroundings.ts';

const INPUTS: readonly {
  readonly key: keyof FireWeatherInputs;
  readonly name: string;
  readonly units: readonly string[];
}[] = [
  { key: 'temperature', name: '气温', units: ['degC'] },
  { key: 'humidity', name: '相对湿度', units: ['%RH', '%'] },
  { key: 'wind', name: '风速', units: ['m/s', 'km/h'] },
  { key: 'rain', name: '小时雨量', units: ['mm'] },
];

/** A fire weather index is made of four elements, which may be another scenario's: each must be known, in a unit it can be made of. */
export function lintFireWeather(
  file: StandardFile,
  others: readonly StandardOutline[],
): readonly LintFault[] {
  const units = new Map(
    [file, ...others].flatMap(({ elements }) => elements.map(({ code, unit }) => [code, unit])),
  );
  return file.signs.flatMap(({ code, measure }, i) =>
    measure.kind === 'fire-weather'
      ? INPUTS.flatMap(({ key, name, units: wanted }) => {
          const element = measure[key];
          const unit = units.get(element);
          if (unit !== undefined && wanted.includes(unit)) return [];
          const message =
            unit === undefined
              ? `体征“${code}”的${name}取自监测要素“${element}”，而它不在现行标准里。请改正编码。`
              : `体征“${code}”的${name}须以 ${wanted.map(unitText).join(' 或 ')} 计，而监测要素“${element}”以 ${unitText(unit)} 计。请换一个要素。`;
          return [{ path: `signs[${i}].measure.${key}`, message }];
        })
      : [],
  );
}
