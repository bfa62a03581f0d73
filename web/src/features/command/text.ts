import type { DutyPerson } from '#contract/command';

export const TEXT = {
  module: '指挥体系',
  save: '保存',
  cancel: '取消',
  close: '关闭',
  print: '打印',
  platform: '查找平台',
  allPlatforms: '全部平台',
  tryAgain: '再试一次',
} as const;

export const CALL_TEXT = {
  dial: '拨打',
  dialFor: (name: string) => `拨打 ${name}`,
  noPhone: '未登记电话',
  title: (name: string) => `正在拨打：${name}`,
  hint: '本次通话已记入值班日志。不公开的号码只显示这一次，并记入审计。',
  again: '再拨一次',
  outcome: '通话结果',
  note: '通话要点',
  notePlaceholder: '如：已转告值班长，20 分钟内派泵车到场',
  keep: '记下结果',
  later: '以后再记',
} as const;

export const HAND_OVER_TEXT = { write: '写交接班' } as const;

/** `防汛值守甲 · 防汛防台` */
export function personLine(person: Pick<DutyPerson, 'title' | 'unit'>): string {
  return [person.title, person.unit].filter((part) => part !== null && part !== '').join(' · ');
}
