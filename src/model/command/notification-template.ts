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
  'work-order.rejected': {
    title: '{mark}退单 {object}',
    text: '{mark}{object}：{item}，{level}，{reason}（{code}）{more}。请看理由，另行派单。',
  },
  'work-order.noted': {
    title: '{mark}工单留言 {object}',
    text: '{mark}{object}：{item}，{reason}（{code}）{more}。',
  },
  'cascade.foreseen': {
    title: '{mark}连带影响预告',
    text: '{mark}{reason}，{at}{more}。请提前准备。',
  },
  'verification.asked': {
    title: '{mark}待核实 {object}',
    text: '{mark}{object}：{item}，{reason}，{at}{more}。请核实。',
  },
  'verification.reminded': {
    title: '{mark}催核实 {object}',
    text: '{mark}{object}：{item}，{level}，{reason}{more}。请立即核实。',
  },
  'supervision.asked': { title: '{object} {code}', text: '{unit}：{object} {code}，{reason}{more}。' },
  'supervision.due': { title: '催答复 {code}', text: '{unit}：{object} {code}，{reason}{more}。请答复。' },
  'supervision.answered': {
    title: '{object}已答复 {code}',
    text: '{object} {code}，{reason}{more}。请审阅。',
  },
  'overdue-list.written': { title: '超期未结案 {unit}', text: '{unit}{reason}{more}。请过问。' },
  'closure-sample.drawn': {
    title: '结案抽查 {unit}',
    text: '{unit}{reason}{more}。请由没有经手的人检查。',
  },
  'incident.handed-over': {
    title: '{mark}事件待接手 {object}',
    text: '{mark}{object}（{code}）：{reason}，{at}{more}。请签字接手。',
  },
  'incident.asked': {
    title: '{mark}请求升级 {object}',
    text: '{mark}{object}（{code}）：{reason}，{at}{more}。请决定。',
  },
  'incident.answered': {
    title: '{mark}事件 {object}',
    text: '{mark}{object}（{code}）：{reason}，{at}{more}。',
  },
  'incident-part.asked': {
    title: '{mark}请参与处置 {object}',
    text: '{mark}{unit}：{object}（{code}），{reason}，{at}{more}。',
  },
  'incident-form.due': { title: '{mark}填报 {object}', text: '{mark}{reason}{more}。' },
  'incident-report.due': { title: '{mark}待报送 {object}', text: '{mark}待报送：{reason}{more}。' },
  'incident-report.late': {
    title: '{mark}报送逾期 {object}',
    text: '{mark}报送已逾期：{reason}{more}。请立即报送。',
  },
  'activation.changed': {
    title: '{mark}{object}应急响应',
    text: '{mark}{reason}，{at}{more}。请按预案落实。',
  },
  'channel.test': { title: '通道测试', text: '这是一条通道测试消息，{at}，无须处理。' },
};

type Example = Partial<Record<TemplateField, string>>;
const SUPERVISED: Example = { object: '督办', code: 'DB2026-00012', unit: '防汛防台' };
const OF_INCIDENT: Example = { object: '张江镇 下立交积水', code: 'EV-20261120-001' };
/** What a preview of a cause says where it is about no order. */
const EXAMPLES: Readonly<Partial<Record<NotificationCause, Example>>> = {
  'work-order.rejected': { reason: '张江镇 值守退单：不在本镇辖区' },
  'work-order.noted': { reason: '张三（水泵维保）报办不了' },
  'warning.raised': { reason: '下立交积水深：实测 31 cm ≥ 30 cm（橙色）' },
  'warning.upgraded': { level: '红色', reason: '下立交积水深：实测 45 cm ≥ 40 cm（红色）' },
  'cascade.foreseen': { reason: '世纪大道雨量站 暴雨橙色预警，约 15 分钟后起可能影响 12 处：龙阳路下立交等' },
  'verification.asked': { reason: '橙色报警待核实' },
  'verification.reminded': { reason: '核实时限已到，转部门责任人' },
  'supervision.asked': { ...SUPERVISED, reason: '要求：请说明为何无人到场，11月20日 18:00 前答复' },
  'supervision.due': { ...SUPERVISED, reason: '答复时限已过 80 %' },
  'supervision.answered': { ...SUPERVISED, reason: '防汛防台答复：人员已到场' },
  'overdue-list.written': {
    unit: '防汛防台',
    reason: '截至 2026-11-20 有 12 张工单超期未结案，其中红色 1 张',
  },
  'closure-sample.drawn': { unit: '防汛防台', reason: '2026年10月结案的工单抽中 6 张待检查' },
  'incident.handed-over': { ...OF_INCIDENT, reason: '升级为大闭环' },
  'incident.asked': { ...OF_INCIDENT, reason: '请求升级闭环：缺泵车' },
  'incident.answered': { ...OF_INCIDENT, reason: '大闭环已签字接手' },
  'incident-part.asked': {
    ...OF_INCIDENT,
    unit: '消防分平台',
    reason: '按指挥手册参与处置，报告到位情况和处置结果',
  },
  'incident-form.due': { object: '转移人数', reason: '请张江镇填报“转移人数”（时限 11月20日 09:30）' },
  'incident-report.due': {
    object: '龙阳路下立交 红色预警',
    reason: '电话报区总平台，时限 11月20日 09:05：龙阳路下立交 红色预警',
  },
  'incident-report.late': {
    object: '龙阳路下立交 红色预警',
    reason: '电话报区总平台，时限 11月20日 09:05：龙阳路下立交 红色预警',
  },
  'activation.changed': { object: '防汛防台', reason: '防汛防台启动防汛防台Ⅱ级应急响应' },
};

/** What stands in each field of a preview. */
export function exampleOf(cause: NotificationCause): Readonly<Record<TemplateField, string>> {
  return { ...TEMPLATE_FIELDS, ...EXAMPLES[cause] };
}

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
