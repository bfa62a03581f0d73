import { monitoringRoutes } from '#contract/monitoring';
import { standardRoutes } from '#contract/standard';
import { DATA_REASON_TEXT, type QualityMark, qualityFigures, type Grade } from '#model/monitoring';

import type { PuanClient } from './client.ts';
import { type Finding, type PointQuality, PointReview } from './point-review.ts';
import type { ReplayMap } from './replay-map.ts';

const PAGE = 10_000;
const ALL = 500;

/** What a recording shows of one element, over all its points. Shares 0–1; null where nothing can be told. */
export interface ElementQuality {
  readonly element: string;
  readonly points: number;
  readonly received: number;
  readonly suspect: number;
  readonly marks: readonly { readonly mark: QualityMark; readonly count: number }[];
  readonly online: number | null;
  readonly completeness: number | null;
  readonly accuracy: number | null;
  readonly score: number | null;
  readonly grade: Grade | null;
  readonly gaps: number;
  readonly longestGapMinutes: number;
  readonly findings: readonly (Finding & { readonly point: string })[];
}

/**
 * The quality of what was replayed, by the rules of the live watch: marks as the server gave them, figures by the element's
 * period and the recording's clock. Whether something came in time cannot be told of a replay and is left out of the score;
 * neighbours are not compared.
 */
export async function replayQuality(client: PuanClient, map: ReplayMap): Promise<readonly ElementQuality[]> {
  const { items } = await client.call(standardRoutes.listElements, { query: { limit: ALL } });
  const periods = new Map(items.map(({ code, periodSeconds }) => [code, periodSeconds * 1000]));
  const reviewed: { element: string; point: string; quality: PointQuality }[] = [];
  for (const { point, element } of map.channels) {
    const review = new PointReview(periods.get(element) ?? 0);
    await readAll(client, point, review);
    reviewed.push({ element, point, quality: review.result() });
  }
  return [...Map.groupBy(reviewed, ({ element }) => element)].map(([element, points]) =>
    together(element, points),
  );
}

async function readAll(client: PuanClient, point: string, review: PointReview): Promise<void> {
  for (let after: string | undefined, more = true; more;) {
    const { items, next } = await client.call(monitoringRoutes.listReadings, {
      query: { point, limit: PAGE, ...(after === undefined ? {} : { after }) },
    });
    for (const { observedAt, marks, replay } of items)
      if (replay) review.add(observedAt, marks as QualityMark[]);
    more = next !== null;
    after = next ?? undefined;
  }
}

function together(
  element: string,
  points: readonly { readonly point: string; readonly quality: PointQuality }[],
): ElementQuality {
  const sum = (of: (quality: PointQuality) => number): number =>
    points.reduce((total, { quality }) => total + of(quality), 0);
  const expects = points.some(({ quality }) => quality.expected !== null);
  const counts = {
    expected: expects ? sum(({ expected }) => expected ?? 0) : null,
    arrived: sum(({ arrived }) => arrived),
    received: sum(({ received }) => received),
    suspect: sum(({ suspect }) => suspect),
    inTime: null,
    onlineMinutes: sum(({ onlineMs }) => onlineMs) / 60_000,
    requiredMinutes: sum(({ requiredMs }) => requiredMs) / 60_000,
  };
  const { online, completeness, accuracy, score, grade } = qualityFigures(counts);
  const marks = new Map<QualityMark, number>();
  for (const { quality } of points)
    for (const [mark, n] of quality.marks) marks.set(mark, (marks.get(mark) ?? 0) + n);
  return {
    element,
    points: points.length,
    received: counts.received,
    suspect: counts.suspect,
    marks: [...marks].map(([mark, count]) => ({ mark, count })).toSorted((a, b) => b.count - a.count),
    online,
    completeness,
    accuracy,
    score,
    grade,
    gaps: sum(({ gaps }) => gaps),
    longestGapMinutes: Math.round(Math.max(...points.map(({ quality }) => quality.longestGap)) / 60_000),
    findings: points.flatMap(({ point, quality }) => quality.findings.map((one) => ({ ...one, point }))),
  };
}

/** Findings that are printed one by one; of more only the number. */
const PRINTED = 12;
const GRADE_TEXT: Readonly<Record<Grade, string>> = { excellent: '优', good: '良', fair: '中', poor: '差' };

/** The quality as lines of text; `stamp` writes a moment. */
export function qualityLines(
  quality: readonly ElementQuality[],
  stamp: (at: number) => string,
): readonly string[] {
  return quality.flatMap((one) => {
    const marks = one.marks.map(({ mark, count }) => `${mark} ${count}`).join('，');
    const found = one.findings.map(({ point, reason, from, to }) => {
      const end = to === undefined ? '未恢复' : `至 ${stamp(to)}`;
      return `    ${point} ${DATA_REASON_TEXT[reason]} ${stamp(from)} ${end}`;
    });
    return [
      `质量 ${one.element}（${one.points} 个监测点）${one.grade === null ? '无等级' : `${GRADE_TEXT[one.grade]} ${one.score?.toFixed(0)} 分`}：` +
        `读数 ${one.received}，存疑 ${one.suspect}；在线 ${percent(one.online)}，完整 ${percent(one.completeness)}，准确 ${percent(one.accuracy)}`,
      `    标记：${marks === '' ? '没有' : marks}；断档 ${one.gaps} 处${one.gaps > 0 ? `，最长 ${one.longestGapMinutes} 分钟` : ''}；数据故障 ${one.findings.length} 张`,
      ...found.slice(0, PRINTED),
      ...(found.length > PRINTED ? [`    … 共 ${found.length} 张`] : []),
    ];
  });
}

const percent = (share: number | null): string => (share === null ? '—' : `${(100 * share).toFixed(1)}%`);
