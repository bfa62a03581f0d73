import { momentText, toBeijing } from '#base';
import {
  type Casualties,
  CASUALTY_KINDS,
  CASUALTY_TEXT,
  REPORT_FIELD_TEXT,
  REPORT_FIELDS,
  REPORT_STAGE_TEXT,
  type ReportField,
  type ReportFields,
  type ReportStage,
  REQUIRED_REPORT_FIELDS,
} from '#model/command';

/** What stands where nobody knows yet. */
export const UNKNOWN_TEXT = '正在核实';

/** 初报, 续报2, 终报. */
export function stageText(stage: ReportStage, number: number): string {
  return stage === 'update' ? `${REPORT_STAGE_TEXT[stage]}${number}` : REPORT_STAGE_TEXT[stage];
}

/** Fields that a report of this stage must not lack. */
export function missingFields(stage: ReportStage, fields: ReportFields): readonly ReportField[] {
  return REQUIRED_REPORT_FIELDS[stage].filter((field) => fields[field].trim() === '');
}

/** `死亡 1 人、受伤 3 人`; empty where no number was told. */
export function casualtyText(casualties: Casualties): string {
  return CASUALTY_KINDS.flatMap((kind) => {
    const count = casualties[kind];
    return count === null ? [] : [`${CASUALTY_TEXT[kind]} ${count} 人`];
  }).join('、');
}

interface ReportParts {
  readonly stage: ReportStage;
  readonly number: number;
  readonly title: string;
  readonly eventAt: number;
  readonly fields: ReportFields;
  readonly casualties: Casualties;
}

/** The report as it is read out and printed: the first sentence says it all, then one line a field. */
export function reportText({ stage, number, title, eventAt, fields, casualties }: ReportParts): string {
  const head = `【${stageText(stage, number)}】${title}。发生时间：${dateText(eventAt)}。`;
  const harmed = casualtyText(casualties);
  const lines = REPORT_FIELDS.map((field) => {
    const told = fields[field].trim();
    const text = field === 'losses' ? [harmed, told].filter((part) => part !== '').join('；') : told;
    return `${REPORT_FIELD_TEXT[field]}：${text === '' ? UNKNOWN_TEXT : text}`;
  });
  return [head, ...lines].join('\n');
}

function dateText(at: number): string {
  return `${toBeijing(at).year}年${momentText(at)}`;
}
