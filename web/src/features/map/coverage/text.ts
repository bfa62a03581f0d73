import type { CoverageGap } from '#model/standard';

/** What is written on the map where it shows coverage. */
export const COVERAGE_TEXT = {
  legend: '图例：要素覆盖率',
  legendHint: '有在线测点的必配要素 ÷ 全部必配要素。颜色越深覆盖越高，不是预警等级。',
  none: '无数据：没有底数和对象，或不在您的管辖范围',
  lackMark: '有缺口的对象（放大后显示）',
  taken: '盘点于',
  never: '还没有盘点，启动后几秒内完成第一次。',
  empty: '还没有可以清点的对象',
  emptyHint: '先登记监测对象，或在“底数台账”录入应监测的数量。',
  towns: '街镇，覆盖低的在前',
  noData: '无数据',
  dash: '—',
  notPlaced: '不在地图上',
  lacks: '视野内有缺口的对象',
  zoomIn: '放大到一两个街镇，有缺口的对象逐个标出。',
  noLacks: '视野内没有未归类、无测点或失联的对象',
  truncated: '视野内有缺口的对象太多，只列出一部分。放大可看全。',
  rate: '要素覆盖率',
  elements: '必配要素',
  blind: '无测点',
  dead: '失联',
  objectRate: '监测对象覆盖率',
  objects: '对象（已登记 / 应有）',
  unclassified: '未归类的对象',
  unknown: '台账未录入',
  lists: '缺口清单',
  ofTown: '看这个街镇的覆盖',
  ofObject: '看这个对象',
  missing: '缺什么',
  simulated: '模拟',
  pieces: (count: string) => `${count} 项`,
} as const;

/** The gaps of an object that stand between it and being covered. */
export const MAP_GAPS = ['unclassified', 'blind', 'dead'] as const satisfies readonly CoverageGap[];
export type MapGap = (typeof MAP_GAPS)[number];

export const GAP_TEXT: Readonly<Record<MapGap | 'unregistered', string>> = {
  unregistered: '未登记',
  unclassified: '未归类',
  blind: '无测点',
  dead: '失联',
};
