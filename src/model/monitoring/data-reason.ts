import { QUALITY } from './quality.ts';

/** Why the data of a point is poor: the mark its readings carry, or that it stands apart from its neighbours. */
export const DATA_REASONS = ['clock', 'device', 'flat', 'jump', 'range', 'reported', 'neighbour'] as const;
export type DataReason = (typeof DATA_REASONS)[number];

export const DATA_REASON_TEXT: Readonly<Record<DataReason, string>> = {
  clock: '时钟不对',
  device: '设备自报异常',
  flat: '数值长时间不变',
  jump: '反复跳变',
  range: '超出量程',
  reported: '上报方标为存疑',
  neighbour: '与相邻测点不一致',
};

/** The reason that marks tell, the first in the order of the table; undefined where none of them is one. */
export function dataReason(marks: number): DataReason | undefined {
  return DATA_REASONS.find((reason) => reason !== 'neighbour' && (marks & QUALITY[reason]) !== 0);
}
