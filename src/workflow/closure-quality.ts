import { momentText, toBeijing } from '#base';
import { CLEARING_NOTE_LENGTH, type ClosureCheck, type FindingKind, PHOTO_FAR_M } from '#model/response';

import type { ClosureFacts, RecordPhoto } from './closure-facts.ts';
import { metresBetween } from './metres-between.ts';

/** One thing that is wrong with a record, or worth a look. */
export interface ClosureFinding {
  readonly check: ClosureCheck;
  readonly kind: FindingKind;
  /** Keeps the order from being cleared or closed; otherwise the reviewer is told. */
  readonly blocks: boolean;
  readonly text: string;
  /** How to mend it. */
  readonly mend: string;
}

interface Check {
  readonly kind: FindingKind;
  readonly blocks: boolean;
  readonly mend: string;
  /** What is wrong, in words; undefined where nothing is. */
  readonly finds: (facts: ClosureFacts) => string | undefined;
}

const sent = '退回处置人员补正';

/** 结案质量检查：读这一张表就知道一条记录怎样才算合格（办法第九条；catalog §3.2；decision 0042）. */
const CHECKS: Readonly<Record<ClosureCheck, Check>> = {
  verdict: {
    kind: 'missing',
    blocks: true,
    mend: `${sent}，选定核查结论`,
    finds: ({ verdict }) => (verdict === null ? '没有核查结论' : undefined),
  },
  note: {
    kind: 'missing',
    blocks: true,
    mend: `写明做了什么、现在怎样，不少于 ${CLEARING_NOTE_LENGTH} 字`,
    finds: ({ note }) => (note === null || note === '' ? '没有处置说明' : undefined),
  },
  steps: {
    kind: 'missing',
    blocks: true,
    mend: `${sent}，做完手册必做步骤`,
    finds: (facts) =>
      facts.verdict === 'true' && facts.openSteps.length > 0
        ? `手册必做步骤 ${facts.openSteps.join('、')} 没有做`
        : undefined,
  },
  results: {
    kind: 'missing',
    blocks: true,
    mend: `${sent}，填写处置结果`,
    finds: ({ verdict, results }) => {
      const open = verdict === 'true' ? results.filter((one) => !one.done) : [];
      return open.length > 0 ? `没有处置结果：${open.map((one) => one.text).join('、')}` : undefined;
    },
  },
  'note-empty': {
    kind: 'malformed',
    blocks: true,
    mend: `写明做了什么、现在怎样，不少于 ${CLEARING_NOTE_LENGTH} 字，不能只是重复的字和标点`,
    finds: ({ note }) =>
      note !== null && note !== '' && !saysSomething(note)
        ? '处置说明字数不足，或只是重复的字和标点'
        : undefined,
  },
  'result-empty': {
    kind: 'malformed',
    blocks: true,
    mend: '改为实际的内容',
    finds: ({ results }) => {
      const empty = results.filter(
        ({ kind, value }) => kind === 'text' && value !== null && !/[\p{L}\p{N}]/u.test(value),
      );
      return empty.length > 0 ? `${empty.map((one) => one.text).join('、')}只有标点` : undefined;
    },
  },
  times: {
    kind: 'contradictory',
    blocks: true,
    mend: `${sent}，核对各步时间`,
    finds: ({ times: { accept, arrive, dispose, clear } }) =>
      firstUnordered([
        ['接单', accept],
        ['到场', arrive],
        ['销警', clear],
      ]) ??
      firstUnordered([
        ['接单', accept],
        ['开始处置', dispose],
        ['销警', clear],
      ]),
  },
  'photo-after': {
    kind: 'contradictory',
    blocks: true,
    mend: '换成处置时拍的照片',
    finds: (facts) => {
      const { clear } = facts.times;
      if (clear === null) return undefined;
      return counted(
        facts,
        ({ takenAt }) => takenAt !== null && takenAt > clear + CLOCKS_MS,
        '拍摄时间晚于销警',
      );
    },
  },
  span: {
    kind: 'contradictory',
    blocks: true,
    mend: '改正起止时间',
    finds: ({ results }) => {
      const wrong = results.find((one) => {
        const end = results.find((other) => other.type === one.type && other.field === 'to');
        return one.field === 'from' && one.value !== null && end?.value && one.value > end.value;
      });
      return wrong ? `${wrong.text} ${shown(wrong.value)} 晚于结束时间` : undefined;
    },
  },
  year: {
    kind: 'contradictory',
    blocks: true,
    mend: '改正年份',
    finds: ({ results, openedAt }) => {
      const { year } = toBeijing(openedAt);
      const wrong = results.find(
        ({ kind, value }) =>
          kind === 'moment' && value !== null && Math.abs(Number(value.slice(0, 4)) - year) > YEARS_OFF,
      );
      return wrong ? `${wrong.text} ${shown(wrong.value)} 与工单相差超过 ${YEARS_OFF} 年` : undefined;
    },
  },
  'repaired-though-high': {
    kind: 'contradictory',
    blocks: true,
    mend: '继续处置到读数恢复；传感器故障的，填现场实测值并附照片',
    finds: ({ verdict, note, standing: [first] }) =>
      verdict === 'true' && first !== undefined && note !== null && REPAIRED.test(note)
        ? `说明称已修复或恢复，而${first}`
        : undefined,
  },
  'false-though-high': {
    kind: 'contradictory',
    blocks: false,
    mend: '复核前核对现场与设备',
    finds: ({ verdict, standing: [first] }) =>
      verdict !== null && verdict !== 'true' && first !== undefined ? `不按真实销警，而${first}` : undefined,
  },
  'number-large': {
    kind: 'contradictory',
    blocks: false,
    mend: '核对数字',
    finds: ({ results }) => {
      const large = results.find(({ kind, value }) => kind === 'number' && Number(value) > LARGE);
      return large ? `${large.text} ${large.value} 大得不合常理` : undefined;
    },
  },
  'photo-far': {
    kind: 'contradictory',
    blocks: false,
    mend: '核对照片是否在现场拍摄',
    finds: (facts) => {
      const far = (photo: RecordPhoto): boolean => {
        const { lat, lon, accuracy } = photo;
        if (lat === null || lon === null) return false;
        return metresBetween({ lat, lon }, facts.object) - Math.min(accuracy ?? 0, PHOTO_FAR_M) > PHOTO_FAR_M;
      };
      return counted(facts, far, `拍摄地点离对象超过 ${PHOTO_FAR_M} 米`);
    },
  },
  'photo-old': {
    kind: 'contradictory',
    blocks: false,
    mend: '核对照片是否这一次拍的',
    finds: (facts) =>
      counted(
        facts,
        ({ takenAt }) => takenAt !== null && takenAt < facts.openedAt - CLOCKS_MS,
        '拍摄时间早于开单',
      ),
  },
  'photo-nowhere': {
    kind: 'missing',
    blocks: false,
    mend: '以说明和其他照片核对地点；以后拍照时允许定位',
    finds: (facts) => counted(facts, ({ lat }) => lat === null, '没有位置'),
  },
  'note-like': {
    kind: 'malformed',
    blocks: false,
    mend: '对照两张工单，确认不是照抄',
    finds: ({ like }) => (like === null ? undefined : `处置说明与 ${like} 几乎相同`),
  },
};

/** A phone's clock and ours may differ by so much. */
const CLOCKS_MS = 5 * 60_000;
const YEARS_OFF = 5;
/** More than anybody moved or waited. */
const LARGE = 1_000_000;
/** Of the characters that a note needs so many are letters and digits, and so many of them differ. */
const FEWEST_LETTERS = CLEARING_NOTE_LENGTH - 2;
const FEWEST_DIFFERENT = 5;
const REPAIRED = /(?<![未没不无]|没有|尚未|未能)(?:已?修复|已?恢复|已?消除|已?排除|已?解除)/u;

/** Everything that is wrong with a record or worth a look: what blocks first. Pure, and linear in the record. */
export function closureFindings(facts: ClosureFacts): readonly ClosureFinding[] {
  const found = (Object.entries(CHECKS) as [ClosureCheck, Check][]).flatMap(
    ([check, { finds, kind, blocks, mend }]) => {
      const text = finds(facts);
      return text === undefined ? [] : [{ check, kind, blocks, text, mend }];
    },
  );
  return found.toSorted((a, b) => Number(b.blocks) - Number(a.blocks));
}

/** Letters and digits enough, and not the same few over and over. */
function saysSomething(note: string): boolean {
  const letters = note.match(/[\p{L}\p{N}]/gu) ?? [];
  return letters.length >= FEWEST_LETTERS && new Set(letters).size >= FEWEST_DIFFERENT;
}

function counted(
  facts: ClosureFacts,
  holds: (photo: RecordPhoto) => boolean,
  what: string,
): string | undefined {
  const found = facts.photos.filter((photo) => photo.adopted && holds(photo));
  return found.length === 0 ? undefined : `${found.length} 张照片${what}`;
}

function firstUnordered(steps: readonly (readonly [name: string, at: number | null])[]): string | undefined {
  const done = steps.flatMap(([name, at]) => (at === null ? [] : [{ name, at }]));
  const i = done.findIndex((one, n) => one.at < (done[n - 1]?.at ?? 0));
  const [before, after] = [done[i - 1], done[i]];
  if (!before || !after) return undefined;
  return `${after.name} ${momentText(after.at)} 早于${before.name} ${momentText(before.at)}`;
}

function shown(value: string | null): string {
  return (value ?? '').replace('T', ' ');
}
