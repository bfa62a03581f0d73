import { momentText, toBeijing } from '#base';
import { REPORT_CHANNEL_TEXT, REPORT_FIELD_TEXT, REPORT_FIELDS, REPORT_RECIPIENT_TEXT } from '#model/command';
import type { RequestContext } from '#services/context';
import { stageText, UNKNOWN_TEXT } from '#workflow';
import {
  AlignmentType,
  BorderStyle,
  convertMillimetersToTwip,
  Document,
  Footer,
  LineRuleType,
  Packer,
  PageNumber,
  Paragraph,
  TextRun,
} from 'docx';
import { sql } from 'kysely';

import { loadChanges } from './change-view.ts';
import { loadReport, type ReportRow } from './report-view.ts';

interface ReportFile {
  readonly name: string;
  readonly content: Buffer;
}

/** GB/T 9704—2012: A4, 天头 37 mm, 订口 28 mm, 版心 156 × 225 mm. */
const PAGE = {
  size: { width: convertMillimetersToTwip(210), height: convertMillimetersToTwip(297) },
  margin: {
    top: convertMillimetersToTwip(37),
    left: convertMillimetersToTwip(28),
    right: convertMillimetersToTwip(26),
    bottom: convertMillimetersToTwip(35),
  },
};
/** Half-points: 2号 of the title, 3号 of the text, 4号 of the page number; 小标宋 of the mark. */
const SIZE = { mark: 72, title: 44, text: 32, page: 28 };
const FONT = {
  mark: '方正小标宋简体',
  title: '方正小标宋简体',
  text: '仿宋_GB2312',
  strong: '黑体',
  page: '宋体',
};
/** 22 lines a page. */
const LINE = { line: 579, lineRule: LineRuleType.EXACT };
const RED = 'E60012';

/** A report on paper, in the form of GB/T 9704. Throws `record.not-found`. */
export async function getReportDocument(
  context: RequestContext,
  { params }: { readonly params: { readonly id: number } },
): Promise<ReportFile> {
  context.authorize('duty.read');
  return context.transaction(async (tx) => {
    const report = await loadReport(tx, params.id);
    const changes = await loadChanges(
      tx,
      sql`c.matter_id = ${report.matterId} and c.report_id = ${report.id}`,
    );
    const notes = changes.map(
      ({ fieldText, before, after, at, by, reason }) =>
        `${fieldText}由“${before ?? ''}”更正为“${after ?? ''}”（${momentText(at)}，${by}${reason === null ? '' : `，${reason}`}）。`,
    );
    const content = await Packer.toBuffer(documentOf(report, notes));
    const name = `${report.matter.title}${stageText(report.stage, report.number)}.docx`.replaceAll(
      /[\\/:*?"<>|]/gu,
      ' ',
    );
    return { name, content };
  });
}

function documentOf(report: ReportRow, notes: readonly string[]): Document {
  return new Document({
    creator: report.platform.name,
    title: report.matter.title,
    sections: [
      {
        properties: { page: PAGE },
        footers: { default: new Footer({ children: [pageNumber()] }) },
        children: [
          ...head(report),
          line(`${REPORT_RECIPIENT_TEXT[report.recipient]}：`, { indent: false }),
          line(
            `事件发生于${dateText(report.eventAt)}，${report.platform.name}于${dateText(report.knownAt)}接报。`,
          ),
          ...REPORT_FIELDS.map((field) => fieldLine(REPORT_FIELD_TEXT[field], report.fields[field])),
          ...(notes.length === 0 ? [] : [fieldLine('更正', notes.join(''))]),
          ...signature(report),
        ],
      },
    ],
  });
}

/** 发文机关标志, 报送方式和时间, 红色分隔线, 标题; what is no real matter says so above everything. */
function head(report: ReportRow): readonly Paragraph[] {
  const { replaySession, simulated, platform, channel } = report;
  const mark = replaySession !== null ? '回放' : simulated ? '模拟' : undefined;
  return [
    ...(mark === undefined
      ? []
      : [centred(`【${mark}】本件不作为正式信息`, { size: SIZE.text, font: FONT.strong })]),
    centred(`${platform.name}信息专报`, { size: SIZE.mark, font: FONT.mark, color: RED }),
    new Paragraph({
      alignment: AlignmentType.CENTER,
      spacing: { before: 240, after: 360, ...LINE },
      border: { bottom: { style: BorderStyle.SINGLE, size: 12, space: 8, color: RED } },
      children: [run(`${REPORT_CHANNEL_TEXT[channel]}报送　${dateText(report.reportedAt)}`)],
    }),
    centred(report.matter.title, { size: SIZE.title, font: FONT.title }),
    centred(`（${stageText(report.stage, report.number)}）`, { size: SIZE.text, font: FONT.text }),
    new Paragraph({ spacing: LINE }),
  ];
}

function signature({ platform, reportedAt, by }: ReportRow): readonly Paragraph[] {
  const { year, month, day } = toBeijing(reportedAt);
  const right = (text: string): Paragraph =>
    new Paragraph({
      alignment: AlignmentType.RIGHT,
      spacing: LINE,
      indent: { right: 640 },
      children: [run(text)],
    });
  return [
    new Paragraph({ spacing: LINE }),
    right(platform.name),
    right(`${year}年${month}月${day}日`),
    line(`（填报：${by}）`),
  ];
}

interface Face {
  readonly size: number;
  readonly font: string;
  readonly color?: string;
}

function centred(text: string, { size, font, color }: Face): Paragraph {
  return new Paragraph({
    alignment: AlignmentType.CENTER,
    spacing: { after: 120 },
    children: [new TextRun({ text, size, font, ...(color === undefined ? {} : { color }) })],
  });
}

function run(text: string, font: string = FONT.text): TextRun {
  return new TextRun({ text, font, size: SIZE.text });
}

/** 首行缩进 2 字. */
function line(text: string, { indent = true }: { readonly indent?: boolean } = {}): Paragraph {
  return new Paragraph({
    spacing: LINE,
    ...(indent ? { indent: { firstLine: SIZE.text * 20 } } : {}),
    children: [run(text)],
  });
}

function fieldLine(name: string, text: string): Paragraph {
  return new Paragraph({
    spacing: LINE,
    indent: { firstLine: SIZE.text * 20 },
    children: [run(`${name}：`, FONT.strong), run(text === '' ? UNKNOWN_TEXT : text)],
  });
}

function pageNumber(): Paragraph {
  return new Paragraph({
    alignment: AlignmentType.CENTER,
    children: [new TextRun({ children: ['— ', PageNumber.CURRENT, ' —'], font: FONT.page, size: SIZE.page })],
  });
}

function dateText(at: number): string {
  return `${toBeijing(at).year}年${momentText(at)}`;
}
