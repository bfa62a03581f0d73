import { dependencySentence } from '#model/warning';

import type { Reached } from './walk-dependencies.ts';

/**
 * Why an object is reached, as a person would say it: “世博雨量站 暴雨橙色预警：3 公里内的下立交随汇流积水（相距 1.2 公里），
 * 约 15 分钟后”. `cause` says what stands at the source, `nameOf` an object's name.
 */
export function cascadeSentence(
  { step, via, depth, leadMinutes, object }: Reached,
  cause: string,
  nameOf: (id: number) => string,
): string {
  const before = depth === 1 ? cause : `${cause}；经${nameOf(via)}`;
  const why = step.edge?.reason ?? step.rule.reason;
  const how = howOf();
  return `${before}：${why}${how === '' ? '' : `（${how}）`}，${soonText(leadMinutes)}`;

  function howOf(): string {
    if (step.edge) return dependencySentence(step.edge.kind, nameOf(via), object.name);
    if (step.meters !== null) return `相距 ${distanceText(step.meters)}`;
    return '同一街镇';
  }
}

export function soonText(minutes: number): string {
  return minutes === 0 ? '随即' : `约 ${minutes} 分钟后`;
}

function distanceText(meters: number): string {
  return meters < 950
    ? `${Math.max(10, Math.round(meters / 10) * 10)} 米`
    : `${(meters / 1000).toFixed(1)} 公里`;
}
