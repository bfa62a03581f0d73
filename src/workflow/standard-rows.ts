import type { ChangeKind } from '#contract/standard';
import {
  DISPOSAL_TYPES,
  type ElementDefinition,
  type HandbookEntry,
  type HandbookStep,
  type LevelLimits,
  type LimitOverrides,
  type Loop,
  type ParameterDefinition,
  rarityText,
  type SensingKind,
  type Sign,
  SIGN_LEVELS,
  type StandardFile,
  type StepEvidence,
  type Verification,
  type WarningItemDefinition,
} from '#model/standard';
import { LEVEL_TEXT } from '#model/warning';

import { compositeAspects } from './composite-row.ts';
import {
  agreementText,
  basisText,
  DIRECTION_TEXT,
  durationText,
  limitText,
  measureText,
  periodText,
  rangeText,
  roleText,
  timeLimitText,
  withUnit,
  yesNo,
} from './standard-text.ts';

/** One thing that a row of a standard says: compared by its value, told by its words. */
export interface Aspect {
  readonly field: string;
  readonly label: string;
  readonly value: unknown;
  readonly text: string;
}

/** A row of a standard as it is compared with another version of itself. */
export interface StandardRow {
  readonly kind: ChangeKind;
  /** Finds the same row in another version; a code that stands twice is told apart by its turn. */
  readonly key: string;
  readonly code: string;
  readonly name: string;
  readonly aspects: readonly Aspect[];
  /** Of a handbook entry, in words and in order. */
  readonly steps: readonly string[];
}

const SENSING_TEXT: Readonly<Record<SensingKind, string>> = {
  iot: '物联感知',
  analytics: '大数据分析',
  video: '视频智能识别',
  social: '社会感知',
};
const VERIFICATION_TEXT: Readonly<Record<Verification, string>> = {
  automatic: '自动成为预警',
  analyst: '经研判核实成为预警',
};
const LOOP_TEXT: Readonly<Record<Loop, string>> = { small: '小闭环', medium: '中闭环', large: '大闭环' };
const EVIDENCE_TEXT: Readonly<Record<StepEvidence, string>> = {
  none: '不留痕',
  photo: '拍照',
  reading: '读数',
  text: '文字',
  location: '定位',
};
const LIMIT_TEXT: Readonly<Record<keyof LevelLimits, string>> = {
  acceptSeconds: '接单时限',
  onSiteSeconds: '到场时限',
  feedbackSeconds: '首次反馈时限',
  followUpSeconds: '续报间隔',
  followUpLaterSeconds: '此后续报间隔',
  clearSeconds: '处置销警时限',
  closeSeconds: '结案时限',
  verifySeconds: '核实时限',
  analystReportSeconds: '研判报告时限',
  workingHours: '只计工作时间',
};

/** Every row of a file, kind by kind, in the file's order. */
export function rowsOf(file: StandardFile): readonly StandardRow[] {
  const facts = [plain('name', '名称', file.name), plain('owner', '主管单位', file.owner)];
  return distinct([
    row('file', { code: file.scenario, name: file.name }, facts),
    ...file.elements.map((one) => row('element', one, elementAspects(one))),
    ...file.items.map((one) => row('item', one, itemAspects(one))),
    ...file.parameters.map((one) => row('parameter', one, parameterAspects(one))),
    ...file.signs.map((one) => row('sign', one, signAspects(one, file))),
    ...(file.composites ?? []).map((one) => row('sign', one, compositeAspects(one, file))),
    ...file.handbook.map((one) => handbookRow(one, file)),
  ]);
}

function row(
  kind: ChangeKind,
  { code, name }: { readonly code: string; readonly name: string },
  aspects: readonly (Aspect | undefined)[],
): StandardRow {
  const told = aspects.filter((aspect) => aspect !== undefined);
  return { kind, key: `${kind} ${code}`, code, name, aspects: told, steps: [] };
}

function distinct(rows: readonly StandardRow[]): readonly StandardRow[] {
  const turns = new Map<string, number>();
  return rows.map((one) => {
    const turn = (turns.get(one.key) ?? 0) + 1;
    turns.set(one.key, turn);
    return turn === 1 ? one : { ...one, key: `${one.key} #${turn}` };
  });
}

function aspect(field: string, label: string, value: unknown, text: string): Aspect {
  return { field, label, value, text };
}

function plain(field: string, label: string, text: string): Aspect {
  return { field, label, value: text, text };
}

/** Left out where the row does not say it. */
function maybe<T>(
  value: T | undefined | null,
  [field, label]: readonly [string, string],
  text: (value: T) => string,
): Aspect | undefined {
  return value === undefined || value === null ? undefined : aspect(field, label, value, text(value));
}

function elementAspects(element: ElementDefinition): readonly (Aspect | undefined)[] {
  const { name, unit, periodSeconds, sensing, key, basis } = element;
  return [
    plain('name', '名称', name),
    plain('unit', '计量单位', unit),
    aspect('periodSeconds', '采样周期', periodSeconds, periodText(periodSeconds)),
    maybe(element.densePeriodSeconds, ['densePeriodSeconds', '加密周期'], periodText),
    maybe(element.range, ['range', '量程'], (range) => rangeText(range, unit)),
    maybe(
      element.maxChange,
      ['maxChange', '最大可信变化'],
      ({ value, perSeconds }) => `${withUnit(value, unit)} / ${durationText(perSeconds)}`,
    ),
    maybe(
      element.improbable,
      ['improbable', '与自身历史不符'],
      ({ rarity, learnSeconds }) => `${rarityText(rarity)}，先学 ${durationText(learnSeconds)}`,
    ),
    maybe(element.states, ['states', '要素状态'], (states) =>
      states.map((state) => `${state.value} ${state.name}`).join('、'),
    ),
    aspect('sensing', '感知方式', sensing, SENSING_TEXT[sensing]),
    aspect('key', '关键要素', key, yesNo(key)),
    aspect('basis', '制订依据', basis, basisText(basis)),
  ];
}

function itemAspects({ name, kind, verification, summary }: WarningItemDefinition): readonly Aspect[] {
  return [
    plain('name', '名称', name),
    plain('kind', '类别', kind),
    aspect('verification', '核实方式', verification, VERIFICATION_TEXT[verification]),
    plain('summary', '说明', summary),
  ];
}

function parameterAspects({ name, unit, range, basis }: ParameterDefinition): readonly Aspect[] {
  return [
    plain('name', '名称', name),
    plain('unit', '计量单位', unit),
    aspect('range', '取值范围', range, rangeText(range, unit)),
    aspect('basis', '制订依据', basis, basisText(basis)),
  ];
}

function signAspects(sign: Sign, file: StandardFile): readonly (Aspect | undefined)[] {
  const { name, unit, direction, measure, agreement, deadband, offDelaySeconds, basis } = sign;
  const element = file.elements.find(({ code }) => code === sign.element);
  const item = file.items.find(({ code }) => code === sign.item);
  return [
    plain('name', '名称', name),
    aspect('item', '预警事项', sign.item, item?.name ?? sign.item),
    aspect('element', '监测要素', sign.element, element?.name ?? sign.element),
    aspect('measure', '体征类型', measure, measureText(measure, element?.unit ?? unit, file.parameters)),
    aspect('direction', '触发方向', direction, DIRECTION_TEXT[direction]),
    plain('unit', '计量单位', unit),
    ...SIGN_LEVELS.flatMap((level) => levelAspects(sign, level, file.parameters)),
    maybe(agreement, ['agreement', '读数表决'], agreementText),
    aspect('deadband', '回差', deadband, withUnit(deadband, unit)),
    aspect('offDelaySeconds', '恢复延时', offDelaySeconds, durationText(offDelaySeconds)),
    aspect('basis', '制订依据', basis, basisText(basis)),
  ];
}

function levelAspects(
  { levels, unit }: Sign,
  level: (typeof SIGN_LEVELS)[number],
  parameters: readonly ParameterDefinition[],
): readonly (Aspect | undefined)[] {
  const threshold = levels[level];
  if (threshold === undefined) return [];
  const { limit, lower, own, onDelaySeconds, basis } = threshold;
  const at = `levels.${level}`;
  const color = LEVEL_TEXT[level];
  const shown = (value: typeof limit): string => limitText(value, unit, parameters);
  return [
    aspect(`${at}.limit`, `${color}限值`, limit, shown(limit)),
    maybe(lower, [`${at}.lower`, `${color}下限`], shown),
    aspect(`${at}.onDelaySeconds`, `${color}持续时间`, onDelaySeconds, durationText(onDelaySeconds)),
    maybe(own, [`${at}.own`, `${color}对象可设范围`], ({ from, to }) => `${shown(from)} 至 ${shown(to)}`),
    maybe(basis, [`${at}.basis`, `${color}制订依据`], basisText),
  ];
}

function handbookRow(entry: HandbookEntry, file: StandardFile): StandardRow {
  const item = file.items.find(({ code }) => code === entry.item)?.name ?? entry.item;
  const name = `${item} ${LEVEL_TEXT[entry.level]}指挥手册`;
  const types = entry.disposalTypes.map((type) => DISPOSAL_TYPES[type]);
  const base = row('handbook', { code: `${entry.item} ${entry.level}`, name }, [
    aspect('loop', '闭环', entry.loop, LOOP_TEXT[entry.loop]),
    aspect('disposalTypes', '处置类型', entry.disposalTypes, types.join('、')),
    aspect('responsible', '处置责任人', entry.responsible, roleText(entry.responsible)),
    aspect('reviewer', '复核人', entry.reviewer, roleText(entry.reviewer)),
    aspect('coUnits', '协同单位', entry.coUnits, listText(entry.coUnits)),
    plain('limitClass', '时限类别', entry.limitClass),
    ...limitAspects(entry.limits ?? {}),
    aspect('notify', '告知对象', entry.notify, listText(entry.notify)),
    aspect('publicRelease', '建议向公众发布', entry.publicRelease, yesNo(entry.publicRelease)),
    aspect('basis', '制订依据', entry.basis, basisText(entry.basis)),
  ]);
  return { ...base, steps: entry.steps.map(stepText) };
}

function listText(texts: readonly string[]): string {
  return texts.length === 0 ? '无' : texts.join('、');
}

function limitAspects(limits: LimitOverrides): readonly (Aspect | undefined)[] {
  return (Object.keys(LIMIT_TEXT) as readonly (keyof LevelLimits)[]).map((name) =>
    maybe(limits[name], [`limits.${name}`, LIMIT_TEXT[name]], (value) =>
      typeof value === 'boolean' ? yesNo(value) : timeLimitText(value),
    ),
  );
}

function stepText({ text, evidence, required }: HandbookStep): string {
  return `${text}（${required ? '必做' : '选做'}，${EVIDENCE_TEXT[evidence]}）`;
}
