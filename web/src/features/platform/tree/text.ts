import { KIND_TEXT, type PlatformKind } from '../kind-text.ts';

/** What is written on the 平台体系 page. */
export const TEXT = {
  title: '平台体系',
  hint: '1 个区总平台、行业分平台、专项场景、临港新片区分平台、街镇平台与居村微平台',
  counts: '规章计数与已录入',
  kind: '类别',
  regulation: '规章',
  held: '已录入',
  gap: '差',
  none: '无',
  note: '说明',
  total: '合计',
  search: '按名称查找平台',
  found: '查找结果',
  notFound: '没有这个名称的平台',
  tree: '平台树',
  empty: '还没有录入平台',
  inferred: '推定',
  inferredWhy: '规章没有点名，由附件推断，待确认',
  department: '责任部门',
  unit: '运营单位',
  notTold: '未录入',
  keys: '上下键移动，右键展开，左键收起，回车打开',
  allKinds: '全部类别',
  foundKeys: '按下键进入结果，回车打开',
  open: (name: string) => `打开${name}`,
  children: (count: string) => `下级 ${count}`,
  notFoundHint: '换一个字试试，或把类别改回“全部类别”。',
  zoneNote: '只是地域，不是平台，不计数',
} as const;

interface Sum {
  readonly regulation: number;
  readonly held: number;
}

/** `规章 1,583 个，已录入 1,580 个，缺 3 个居村微平台待核` */
export function countSentence(counts: readonly (Sum & { readonly kind: PlatformKind })[]): string {
  const sum = (pick: (count: Sum) => number): number =>
    counts.reduce((total, count) => total + pick(count), 0);
  const gaps = counts
    .filter(({ regulation, held }) => held < regulation)
    .map(({ kind, regulation, held }) => `缺 ${regulation - held} 个${KIND_TEXT[kind]}待核`);
  const extra = counts
    .filter(({ regulation, held }) => held > regulation)
    .map(({ kind, regulation, held }) => `多 ${held - regulation} 个${KIND_TEXT[kind]}待核`);
  const parts = [
    `规章 ${sum(({ regulation }) => regulation)} 个`,
    `已录入 ${sum(({ held }) => held)} 个`,
    ...gaps,
    ...extra,
  ];
  return parts.join('，');
}
