import type { PlatformEntry } from '#model/platform/tree';

/** A platform before it has its place in the numbering. */
export type Office = Omit<PlatformEntry, 'place' | 'placeTo'>;

export const DISTRICT: Office = {
  code: 'PD',
  name: '区总平台',
  kind: 'district',
  parent: null,
  department: '区应急管理局',
};

export const LINGANG: Office = {
  code: 'lingang',
  name: '临港新片区分平台',
  kind: 'lingang',
  parent: 'PD',
  department: '临港新片区管委会',
  note: '四个镇的归属为设定值，待确认。镇平台仍向区总平台报送（办法第二条并列计数），临港的区间覆盖四镇，故临港可见其全部。',
};

/** 办法点名五个行业分平台；公安、市场监管两个由附件推断，可改名。气象、消防自带业务标准。 */
export const INDUSTRIES: readonly Office[] = [
  industry('industry.emergency', '应急分平台', '区应急管理局'),
  industry('industry.construction', '建交委分平台', '区建交委'),
  industry('industry.ecology', '生态环境分平台', '区生态环境局'),
  { ...industry('industry.meteorology', '气象分平台', '区气象局'), scenario: 'MET' },
  { ...industry('industry.fire', '消防分平台', '浦东消防救援支队'), scenario: 'FIRE' },
  { ...industry('industry.police', '公安分平台', '浦东公安分局'), inferred: true },
  { ...industry('industry.market', '市场监管分平台', '区市场监管局'), inferred: true },
];

/** 十五个专项应用场景及牵头单位（附件）；油气管道、供电无分平台，直属区总平台。 */
export const SCENARIOS: readonly Office[] = [
  scenario('FLOOD', '防汛防台', '区应急管理局', 'industry.emergency'),
  scenario('SNOWICE', '雨雪冰冻', '区应急管理局', 'industry.emergency'),
  scenario('INDTRADE', '工贸', '区应急管理局', 'industry.emergency'),
  scenario('HAZCHEM', '危化品', '区应急管理局', 'industry.emergency'),
  scenario('GAS', '燃气', '区建交委', 'industry.construction'),
  scenario('BRIDGE', '桥梁', '区建交委', 'industry.construction'),
  scenario('TUNNEL', '综合管廊', '区建交委', 'industry.construction'),
  scenario('CONSTR', '建筑施工', '区建交委', 'industry.construction'),
  scenario('WATER', '供排水', '区生态环境局', 'industry.ecology'),
  scenario('FOREST', '森林防火', '区生态环境局', 'industry.ecology'),
  scenario('PIPELINE', '油气管道', '区发改委', 'PD'),
  scenario('TRAFFIC', '交通', '浦东公安分局', 'industry.police'),
  scenario('CROWD', '大客流', '浦东公安分局', 'industry.police'),
  scenario('LIFT', '电梯', '区市场监管局', 'industry.market'),
  scenario('POWER', '供电', '浦东供电公司', 'PD'),
];

/** 设定值：主体位于临港新片区的浦东四镇。 */
export const LINGANG_TOWNS: readonly string[] = ['南汇新城镇', '泥城镇', '书院镇', '万祥镇'];

function industry(code: string, name: string, department: string): Office {
  return { code, name, kind: 'industry', parent: 'PD', department };
}

function scenario(code: string, name: string, department: string, parent: string): Office {
  return { code, name, kind: 'scenario', parent, department, scenario: code };
}
