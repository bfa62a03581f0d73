import type { PlatformKind } from '../kind-text.ts';

/** What is written on the 责任落实 page. */
export const TEXT = {
  title: '责任落实',
  hint: '每个平台应有的角色：有人、空缺，还是人已离岗',
  under: '只看某平台之内',
  gaps: '只看有缺口的',
  export: '导出 CSV',
  exporting: (count: number) => `已取 ${count} 个平台…`,
  file: '责任落实.csv',
  columns: ['平台编码', '平台', '类别', '上级', '角色', '状态', '责任人', '起于', '离岗人', '离岗时间'],
  platform: '平台',
  leaders: '区总、行业、专项与临港',
  none: '这里没有要落实的平台',
  whole: '都落实了，没有缺口',
  wholeHint: '取消“只看有缺口的”，可以看到每个角色是谁。',
  noPlatform: '没有平台',
  legend: '图例',
  notRequired: '不要求',
  group: (named: number, all: number) => `${named}/${all} 已落实`,
  total: (count: string, kind: string) => `${count} 个${kind}`,
} as const;

/** As people count them: `36 个街镇`. */
export const KIND_SHORT: Readonly<Record<PlatformKind, string>> = {
  district: '区总平台',
  industry: '行业分平台',
  scenario: '专项场景',
  lingang: '临港分平台',
  town: '街镇',
  zone: '地域',
  village: '居村',
};
