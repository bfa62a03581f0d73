import type { NumberSetting, TextSetting } from './setting-shape.ts';

/** Of incidents and their loops: what opens one by itself, and who may close it. */
export const INCIDENT_SETTING_KEYS = [
  'incident.opens-from',
  'incident.near-metres',
  'incident.near-minutes',
  'incident.small-closer',
  'incident.medium-closer',
  'incident.large-closer',
] as const;

export interface IncidentSettings {
  readonly 'incident.opens-from': TextSetting;
  readonly 'incident.near-metres': NumberSetting;
  readonly 'incident.near-minutes': NumberSetting;
  readonly 'incident.small-closer': TextSetting;
  readonly 'incident.medium-closer': TextSetting;
  readonly 'incident.large-closer': TextSetting;
}

function closer(loop: string, role: string): TextSetting {
  return {
    type: 'text',
    label: `${loop}结案人`,
    help: `谁可以给${loop}的事件结案和降级：填角色编码。business-admin 业务管理员、department-owner 部门责任人、executive-owner 分管责任人、coordinator 大闭环统筹（应急管理局）。缺省值为约定值。`,
    default: role,
    pattern: /^(?:business-admin|department-owner|executive-owner|coordinator)$/u,
    shape: '为 business-admin、department-owner、executive-owner、coordinator 之一',
  };
}

export const INCIDENT_SETTINGS: IncidentSettings = {
  'incident.opens-from': {
    type: 'text',
    label: '自动建立事件的等级',
    help: '这一级起的工单自动建立事件（跨部门的复合体征同此），或并入近处的事件；填 never 为只由人建立。缺省值为约定值。',
    default: 'red',
    pattern: /^(?:red|orange|never)$/u,
    shape: '为 red、orange 或 never 之一',
  },
  'incident.near-metres': {
    type: 'number',
    label: '同一事件的距离',
    unit: '米',
    help: '两个场景的工单相距在此距离内的，自动建立事件；工单离事件中的工单在此距离内的，自动纳入。0 为不按远近。缺省值为约定值。',
    default: 500,
    min: 0,
    max: 5000,
    tightenOnly: false,
  },
  'incident.near-minutes': {
    type: 'number',
    label: '同一事件的时间',
    unit: '分钟',
    help: '开单相隔在此时间内的，才按远近算作同一事件。缺省值为约定值。',
    default: 60,
    min: 5,
    max: 1440,
    tightenOnly: false,
  },
  'incident.small-closer': closer('小闭环', 'business-admin'),
  'incident.medium-closer': closer('中闭环', 'department-owner'),
  'incident.large-closer': closer('大闭环', 'coordinator'),
};
