import { QUALITY } from './quality.ts';

/** What no reading tells of itself: it shows only beside the point's neighbours, or beside its own past (decision 0037). */
export const BESIDE_REASONS = ['neighbour', 'improbable'] as const;
export type BesideReason = (typeof BESIDE_REASONS)[number];

/** Why the data of a point is poor: the mark its readings carry, or what shows beside others. */
export const DATA_REASONS = [
  'clock',
  'device',
  'flat',
  'jump',
  'range',
  'reported',
  ...BESIDE_REASONS,
] as const;
export type DataReason = (typeof DATA_REASONS)[number];

export const DATA_REASON_TEXT: Readonly<Record<DataReason, string>> = {
  clock: '时钟不对',
  device: '设备自报异常',
  flat: '数值长时间不变',
  jump: '反复跳变',
  range: '超出量程',
  reported: '上报方标为存疑',
  neighbour: '与相邻测点不一致',
  improbable: '与自身历史不符',
};

export function isBeside(reason: DataReason): reason is BesideReason {
  return BESIDE_REASONS.some((one) => one === reason);
}

/** The reason that marks tell, the first in the order of the table; undefined where none of them is one. */
export function dataReason(marks: number): DataReason | undefined {
  return DATA_REASONS.find((reason) => !isBeside(reason) && (marks & QUALITY[reason]) !== 0);
}
