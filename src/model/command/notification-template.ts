import type { NotificationCause } from './notification.ts';

/** What a template may name, and what stands there in a preview. */
export const TEMPLATE_FIELDS = {
  level: '橙色',
  object: '龙阳路下立交',
  item: '下立交积水',
  code: 'GD20261120-000123',
  reason: '接单时限已过 50 %',
  unit: '浦东新区防汛办',
  at: '11月20日 09:00',
  more: '，另有 37 件',
  mark: '',
} as const;
export type TemplateField = keyof typeof TEMPLATE_FIELDS;

export interface Template {
  readonly title: string;
  readonly text: string;
}

/** The words where nobody has put others. `{mark}` says that it is a rehearsal; `{more}` how many more it stands for. */
export const BUILT_IN_TEMPLATES: Readonly<Record<NotificationCause, Template>> = {
  'work-order.opened': {
    title: '{mark}{level}工单 {object}',
    text: '{mark}{object}：{item}，{level}，{at} 派至{unit}{more}。请接单处置。',
  },
  'work-order.reminded': {
    title: '{mark}催办 {object}',
    text: '{mark}{object}：{item}，{level}，{reason}（{code}）{more}。请立即处理。',
  },
  'warning.raised': {
    title: '{mark}{level}预警 {object}',
    text: '{mark}{object}：{item}，{level}预警，{reason}，{at}{more}。',
  },
  'warning.upgraded': {
    title: '{mark}预警升至{level} {object}',
    text: '{mark}{object}：{item}，预警升至{level}，{reason}，{at}{more}。',
  },
  'channel.test': { title: '通道测试', text: '这是一条通道测试消息，{at}，无须处理。' },
};

/** The fields that a text names and that there are not. */
export function unknownFields(text: string): readonly string[] {
  return [...text.matchAll(/\{([^{}]*)\}/gu)]
    .map((found) => found[1] ?? '')
    .filter((name) => !Object.hasOwn(TEMPLATE_FIELDS, name));
}

export function fillTemplate(text: string, values: Readonly<Record<TemplateField, string>>): string {
  return text.replaceAll(/\{([a-z]+)\}/gu, (whole, name: string) =>
    Object.hasOwn(values, name) ? values[name as TemplateField] : whole,
  );
}
