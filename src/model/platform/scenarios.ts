/** A scenario (专项应用场景, or an industry platform's own 业务标准) with its bureau. */
export interface ScenarioEntry {
  /** Stands in every row of warnings, orders and points: never renumber. */
  readonly id: number;
  readonly name: string;
  readonly owner: string;
}

/** The fifteen scenarios of the regulation's annex, and the two industry platforms that own a standard. */
export const SCENARIOS = {
  FLOOD: { id: 1, name: '防汛防台', owner: '区应急管理局' },
  SNOWICE: { id: 2, name: '雨雪冰冻', owner: '区应急管理局' },
  INDTRADE: { id: 3, name: '工贸', owner: '区应急管理局' },
  HAZCHEM: { id: 4, name: '危化品', owner: '区应急管理局' },
  GAS: { id: 5, name: '燃气', owner: '区建交委' },
  BRIDGE: { id: 6, name: '桥梁', owner: '区建交委' },
  TUNNEL: { id: 7, name: '综合管廊', owner: '区建交委' },
  CONSTR: { id: 8, name: '建筑施工', owner: '区建交委' },
  WATER: { id: 9, name: '供排水', owner: '区生态环境局' },
  FOREST: { id: 10, name: '森林防火', owner: '区生态环境局' },
  PIPELINE: { id: 11, name: '油气管道', owner: '区发改委' },
  TRAFFIC: { id: 12, name: '交通', owner: '浦东公安分局' },
  CROWD: { id: 13, name: '大客流', owner: '浦东公安分局' },
  LIFT: { id: 14, name: '电梯', owner: '区市场监管局' },
  POWER: { id: 15, name: '供电', owner: '浦东供电公司' },
  MET: { id: 16, name: '气象', owner: '区气象局' },
  FIRE: { id: 17, name: '消防', owner: '浦东消防救援支队' },
} as const satisfies Readonly<Record<string, ScenarioEntry>>;

export type ScenarioCode = keyof typeof SCENARIOS;

const BY_CODE: ReadonlyMap<string, ScenarioEntry> = new Map(Object.entries(SCENARIOS));
const CODES: ReadonlyMap<number, string> = new Map(
  Object.entries(SCENARIOS).map(([code, { id }]) => [id, code]),
);

/** The scenario of a code, undefined when there is none. */
export function scenarioOf(code: string): ScenarioEntry | undefined {
  return BY_CODE.get(code);
}

/** The code of a scenario's number, undefined when there is none. */
export function scenarioCodeOf(id: number): string | undefined {
  return CODES.get(id);
}
