import { ACTIVATION_GRADES, type ActivationGrade } from './activation.ts';

/** A plan (预案) under which 应急响应 is started, and what each grade obliges beside those below it. */
export interface ActivationPlan {
  readonly code: string;
  readonly name: string;
  /** Its scenario; null for the district's own. */
  readonly scenario: string | null;
  readonly measures: Readonly<Record<ActivationGrade, readonly PlannedMeasure[]>>;
}

export interface PlannedMeasure {
  readonly text: string;
  readonly unit: string;
}

const TOWNS = '各街镇';

/** 约定值: to be replaced by the measures of the district's own plans; whoever starts a response changes the list before. */
export const ACTIVATION_PLANS: readonly ActivationPlan[] = [
  {
    code: 'flood',
    name: '防汛防台',
    scenario: 'FLOOD',
    measures: {
      IV: [
        { text: '防汛值班加强，领导带班', unit: '区防汛办' },
        { text: '巡查下立交、低洼小区、在建工地，预降河道水位', unit: TOWNS },
        { text: '排水泵站、水闸人员到岗', unit: '区生态环境局' },
      ],
      III: [
        { text: '抢险队伍、移动泵车集结待命', unit: '区建交委' },
        { text: '检查安置点，通知易积水地区居民', unit: TOWNS },
        { text: '高空作业、塔吊停止作业', unit: '区建交委' },
      ],
      II: [
        { text: '转移危房、工地、圩外人员，每小时报送转移人数', unit: TOWNS },
        { text: '下立交达到封交水位即封交', unit: '浦东公安分局' },
        { text: '关闭公园、景区、室外场所', unit: '文化和旅游主管部门' },
      ],
      I: [
        { text: '区指挥部进驻，各成员单位领导到岗', unit: '区应急管理局' },
        { text: '停工、停课、停业按市指令落实', unit: '各成员单位' },
        { text: '全力抢险救援，随时报告伤亡和险情', unit: '各成员单位' },
      ],
    },
  },
  {
    code: 'snow',
    name: '雨雪冰冻',
    scenario: 'SNOWICE',
    measures: {
      IV: [
        { text: '除雪物资和车辆到位，养护班组待命', unit: '区建交委' },
        { text: '检查供水、供气、供电设施防冻', unit: '各运营单位' },
      ],
      III: [
        { text: '桥梁、匝道撒布融雪剂并巡查', unit: '区建交委' },
        { text: '农贸市场、棚架、工地临房除雪加固', unit: TOWNS },
      ],
      II: [
        { text: '桥梁、高架结冰路段封闭，交通分流', unit: '浦东公安分局' },
        { text: '转移危旧房屋人员，救助露宿人员', unit: TOWNS },
      ],
      I: [
        { text: '区指挥部进驻，停课停运按市指令落实', unit: '区应急管理局' },
        { text: '生活必需品供应和抢险救援', unit: '各成员单位' },
      ],
    },
  },
  {
    code: 'crowd',
    name: '大客流',
    scenario: 'CROWD',
    measures: {
      IV: [{ text: '增派现场力量，发布客流提示', unit: '浦东公安分局' }],
      III: [
        { text: '限流、单向通行，地铁站点配合', unit: '浦东公安分局' },
        { text: '救护车和救援力量现场待命', unit: '区卫生健康委' },
      ],
      II: [{ text: '暂停进入，周边道路管制，地铁跳站', unit: '浦东公安分局' }],
      I: [{ text: '停止活动，组织疏散', unit: '区应急管理局' }],
    },
  },
  {
    code: 'accident',
    name: '生产安全事故',
    scenario: null,
    measures: {
      IV: [{ text: '属地和行业部门到场处置', unit: TOWNS }],
      III: [{ text: '现场指挥部成立，专业队伍增援', unit: '区应急管理局' }],
      II: [{ text: '疏散周边人员，环境监测', unit: '区生态环境局' }],
      I: [{ text: '区指挥部进驻，请求市级增援', unit: '区应急管理局' }],
    },
  },
];

/** What a grade obliges: its own measures and those of every grade below it. */
export function measuresOf(plan: ActivationPlan, grade: ActivationGrade): readonly PlannedMeasure[] {
  return ACTIVATION_GRADES.slice(ACTIVATION_GRADES.indexOf(grade))
    .toReversed()
    .flatMap((one) => plan.measures[one]);
}
