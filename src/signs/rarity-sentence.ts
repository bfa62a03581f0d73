import type { DetectionPart } from '#detection';
import { rarityText } from '#model/standard';
import { LEVEL_TEXT, levelOf } from '#model/warning';

/** What each part of the detector has seen, as a person would say it. */
const SEEN: Readonly<Record<DetectionPart, string>> = {
  level: '读数离开了近来的水平',
  shift: '水平整体移动了',
  rhythm: '与每天这个时候的样子不符',
  swing: '波动比以往大得多或小得多',
  mixture: '高低读数来得与以往不同',
  'long-mixture': '高低读数来得与以往不同',
  standstill: '长时间一动不动',
  extreme: '从没有过这样高或这样低的读数',
};

/** "长时间一动不动，这样的情形约 1.2 万条读数里才有一次"; `value` in decades. */
export function raritySeen(value: number, told: DetectionPart | undefined): string {
  const seen = told === undefined ? '与自身历史不符' : SEEN[told];
  return `${seen}，这样的情形约 ${rarityText(value)}`;
}

/** "余氯罕见：长时间一动不动，这样的情形约 1.2 万条读数里才有一次（黄色）"; `value` in decades. */
export function raritySentence(
  name: string,
  rank: number,
  { value, told }: { readonly value: number; readonly told: DetectionPart | undefined },
): string {
  const level = levelOf(rank);
  return level ? `${name}：${raritySeen(value, told)}（${LEVEL_TEXT[level]}）` : `${name}：又与自身历史相符`;
}
