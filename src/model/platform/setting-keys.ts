import { INCIDENT_SETTING_KEYS, INCIDENT_SETTINGS, type IncidentSettings } from './incident-settings.ts';
import { LIFE_SETTING_KEYS, LIFE_SETTINGS, type LifeSettings } from './life-settings.ts';
import type { ListSetting, NumberSetting, TextSetting } from './setting-shape.ts';

export type { ListSetting, NumberSetting, SettingDefinition, SettingValue } from './setting-shape.ts';

/** What can be set at a platform and holds below it. The list is closed: a key that nothing reads is not offered. */
export const SETTING_KEYS = [
  'session.idle-minutes',
  'account.stale-days',
  'tracks.kept-days',
  'basis.answer-days',
  'calendar.id',
  'notify.list',
  'flood.enter-above',
  'flood.leave-below',
  'readings.kept-days',
  'minutes.kept-days',
  'hours.kept-days',
  'pictures.kept-days',
  'messages.kept-days',
  'chain-test.time',
  'chain-test.limit-seconds',
  'drill.stops-on-red',
  'closure.sample-percent',
  ...LIFE_SETTING_KEYS,
  ...INCIDENT_SETTING_KEYS,
  'shelving.blue-minutes',
  'shelving.yellow-minutes',
  'shelving.orange-minutes',
  'shelving.red-minutes',
] as const;
export type SettingKey = (typeof SETTING_KEYS)[number];

interface Settings extends LifeSettings, IncidentSettings {
  readonly 'session.idle-minutes': NumberSetting;
  readonly 'account.stale-days': NumberSetting;
  readonly 'tracks.kept-days': NumberSetting;
  readonly 'basis.answer-days': NumberSetting;
  readonly 'calendar.id': TextSetting;
  readonly 'notify.list': ListSetting;
  readonly 'flood.enter-above': NumberSetting;
  readonly 'flood.leave-below': NumberSetting;
  readonly 'readings.kept-days': NumberSetting;
  readonly 'minutes.kept-days': NumberSetting;
  readonly 'hours.kept-days': NumberSetting;
  readonly 'pictures.kept-days': NumberSetting;
  readonly 'messages.kept-days': NumberSetting;
  readonly 'chain-test.time': TextSetting;
  readonly 'chain-test.limit-seconds': NumberSetting;
  readonly 'drill.stops-on-red': TextSetting;
  readonly 'closure.sample-percent': NumberSetting;
  readonly 'shelving.blue-minutes': NumberSetting;
  readonly 'shelving.yellow-minutes': NumberSetting;
  readonly 'shelving.orange-minutes': NumberSetting;
  readonly 'shelving.red-minutes': NumberSetting;
}

/** How long data is kept: one time for the whole district. */
function keptDays(
  label: string,
  help: string,
  [days, min, max]: readonly [days: number, min: number, max: number],
): NumberSetting {
  return {
    type: 'number',
    label,
    unit: '天',
    help,
    default: days,
    min,
    max,
    tightenOnly: false,
    districtOnly: true,
  };
}

/** How long alarms of a level are shelved at once, at most. */
function shelving(level: string, most: number, more = ''): NumberSetting {
  return {
    type: 'number',
    label: `${level}报警搁置时限`,
    unit: '分钟',
    help: `一次搁置最长的时间，到时自行结束，可延长一次（ISA-18.2 11.7）。${more}下级只能更短。`,
    default: most,
    min: 5,
    max: most,
    tightenOnly: true,
  };
}

export const SETTINGS: Settings = {
  'session.idle-minutes': {
    type: 'number',
    label: '会话空闲时限',
    unit: '分钟',
    help: '无操作超过此时间即退出登录（GB/T 22239—2019 8.1.4.1 b），从下一次登录起按账号所属平台计。下级只能更短。',
    default: 30,
    min: 5,
    max: 60,
    tightenOnly: true,
  },
  'account.stale-days': {
    type: 'number',
    label: '账号闲置标记',
    unit: '天',
    help: '超过此天数未登录的账号标为久未使用（GB/T 22239—2019 8.1.4.2 c）；满 90 天仍未使用即自动停用。下级只能更短。',
    default: 60,
    min: 7,
    max: 89,
    tightenOnly: true,
  },
  'tracks.kept-days': {
    type: 'number',
    label: '处置轨迹保存',
    unit: '天',
    help: '处置人员行踪轨迹为敏感个人信息，到期删除（个人信息保护法第二十八条）。下级只能更短。',
    default: 30,
    min: 1,
    max: 30,
    tightenOnly: true,
  },
  'basis.answer-days': {
    type: 'number',
    label: '依据变更办理时限',
    unit: '天',
    help: '依据被替代或测站迁移后，须在此天数内发布新版本或说明无须修改（指标 A12 标准更新及时率）。下级只能更短。',
    default: 30,
    min: 3,
    max: 30,
    tightenOnly: true,
  },
  'calendar.id': {
    type: 'text',
    label: '工作日历',
    help: '计算工作日时限和新建值班表用的日历编码，须已录入；缺省为国务院办公厅公布的放假安排（cn）。',
    default: 'cn',
    pattern: /^[a-z][a-z0-9-]{0,39}$/u,
    shape: '小写字母开头，由小写字母、数字和连字符组成，最多 40 个字符',
  },
  'notify.list': {
    type: 'list',
    label: '告知岗位',
    help: '本场景预警升级时另行告知的岗位，每行一个；写岗位，不写个人姓名和电话。',
    default: [],
    most: 50,
    longest: 60,
  },
  'flood.enter-above': {
    type: 'number',
    label: '洪峰模式起点',
    unit: '条/10 分钟',
    help: '席位 10 分钟内新增的预警超过此数，值守台改按原因归并（ISA-18.2 / EEMUA 191：10 条）。',
    default: 10,
    min: 3,
    max: 200,
    tightenOnly: false,
  },
  'flood.leave-below': {
    type: 'number',
    label: '洪峰模式终点',
    unit: '条/10 分钟',
    help: '10 分钟内新增的预警少于此数，恢复逐条显示；须不大于起点（EEMUA 191：5 条）。',
    default: 5,
    min: 1,
    max: 200,
    tightenOnly: false,
  },
  'readings.kept-days': keptDays(
    '原始读数保存',
    '到期的逐条读数删除，删除前先上卷成小时值；未办结的预警、工单、故障和推演案例所依据的读数不删。全区一个期限；至少 400 天，业务标准推演要用上一年的读数。',
    [1096, 400, 36_500],
  ),
  'minutes.kept-days': keptDays(
    '分钟上卷保存',
    '每分钟 8 条以上读数的监测点按分钟上卷，原始读数删除后曲线靠它和小时上卷画出。全区一个期限。',
    [1827, 400, 36_500],
  ),
  'hours.kept-days': keptDays(
    '小时上卷保存',
    '日、月、年的曲线和统计由小时上卷算出。全区一个期限。',
    [3653, 1096, 36_500],
  ),
  'pictures.kept-days': keptDays(
    '感知图片保存',
    '视频识别和社会上报随疑似事件送来的图片，测站图片报的图片；待核实的事件和未办结的预警、工单、推演案例所涉对象的图片不删。全区一个期限。',
    [366, 90, 3653],
  ),
  'messages.kept-days': keptDays(
    '未读报文保存',
    '推送来而没有读法的报文原文，供补配映射时查看。全区一个期限。',
    [30, 7, 366],
  ),
  'chain-test.time': {
    type: 'text',
    label: '链路自检时刻',
    help: '每天从这一刻起按场景逐分钟错开，用一条测试读数走完网关、体征、预警、工单到结案的全程（办法第十条：确保预警报警功能正常）。',
    default: '06:10',
    pattern: /^(?:[01]\d|2[0-3]):[0-5]\d$/u,
    shape: '写成 24 小时制的时:分，例：06:10',
  },
  'chain-test.limit-seconds': {
    type: 'number',
    label: '链路自检每步限时',
    unit: '秒',
    help: '自检的一步超过此时间没有走到，就算断在这一步。',
    default: 60,
    min: 5,
    max: 600,
    tightenOnly: false,
  },
  'drill.stops-on-red': {
    type: 'text',
    label: '真实红色预警时中止演练',
    help: '演练进行中发生真实红色预警，演练自动中止，人员转入实战；填 no 为不自动中止。',
    default: 'yes',
    pattern: /^(?:yes|no)$/u,
    shape: '为 yes 或 no',
  },
  'closure.sample-percent': {
    type: 'number',
    label: '结案抽查比例',
    unit: '%',
    help: '每月按此比例抽查上月结案的工单，有结案的单位每家至少一张（办法第九条：结案质量）。缺省值为约定值。',
    default: 5,
    min: 1,
    max: 100,
    tightenOnly: false,
  },
  ...LIFE_SETTINGS,
  ...INCIDENT_SETTINGS,
  'shelving.blue-minutes': shelving('蓝色', 24 * 60),
  'shelving.yellow-minutes': shelving('黄色', 8 * 60),
  'shelving.orange-minutes': shelving('橙色', 2 * 60),
  'shelving.red-minutes': shelving('红色', 30, '红色须由提出者以外的部门责任人确认，不能延长。'),
};

export function isSettingKey(text: string): text is SettingKey {
  return Object.hasOwn(SETTINGS, text);
}
