/**
 * A warning's state. `open`: its signs justify a level now. `normal` (恢复): it returned by itself, its order may still
 * be worked on. `closed` (结案): the order is closed too, or there was none left to close.
 * At most one warning per (object, item) is `open`.
 */
export const WARNING_STATES = ['open', 'normal', 'closed'] as const;
export type WarningState = (typeof WARNING_STATES)[number];

export const WARNING_STATE_TEXT: Readonly<Record<WarningState, string>> = {
  open: '生效中',
  normal: '已恢复',
  closed: '已结案',
};

/** What can happen to a warning; each happening is kept with its time, its levels and one sentence why. */
export const WARNING_CHANGES = [
  'raised',
  'upgraded',
  'stepped-down',
  'normal',
  'acknowledged',
  'noted',
  're-alarmed',
  'judged',
  'reopened',
  'shelved',
  'unshelved',
  'out-of-service',
  'in-service',
  'closed',
] as const;
export type WarningChange = (typeof WARNING_CHANGES)[number];

export const WARNING_CHANGE_TEXT: Readonly<Record<WarningChange, string>> = {
  raised: '发生',
  upgraded: '升级',
  'stepped-down': '降级',
  normal: '恢复',
  acknowledged: '签收',
  noted: '备注',
  're-alarmed': '再次报警',
  judged: '判定误报',
  reopened: '重开',
  shelved: '搁置',
  unshelved: '搁置结束',
  'out-of-service': '停用',
  'in-service': '停用结束',
  closed: '结案',
};
