/** What was counted of points in a stretch of days. */
export interface QualityCounts {
  /** Null where nothing is expected: event-driven elements. */
  readonly expected: number | null;
  /** Of the expected ones; what came beyond them, or without being expected, makes up for nothing. */
  readonly arrived: number;
  readonly received: number;
  readonly suspect: number;
  readonly inTime: number;
  readonly onlineMinutes: number;
  readonly requiredMinutes: number;
}

/** `inTime` null: nobody can say when it should have come, as in a replay. */
type CountedQuality = Omit<QualityCounts, 'inTime'> & { readonly inTime: number | null };

/** 优 良 中 差 (catalog §4.2, five-grade badges; anchors of §4.3). */
export const GRADES = ['excellent', 'good', 'fair', 'poor'] as const;
export type Grade = (typeof GRADES)[number];

/** Shares 0–1, null where there is nothing to divide by; the score 0–100 and its grade. */
export interface QualityFigures {
  /** Online minutes / required minutes (A1). */
  readonly online: number | null;
  /** Arrived / expected (A3). */
  readonly completeness: number | null;
  /** 1 − suspect / received (A4). */
  readonly accuracy: number | null;
  /** Received within max(T, 60 s) / received (A5). */
  readonly timeliness: number | null;
  readonly score: number | null;
  readonly grade: Grade | null;
}

/** Target and weight of each figure: catalog §4.2 and §4.3. */
export const QUALITY_WEIGHTS = {
  online: { target: 0.95, weight: 5 },
  completeness: { target: 0.95, weight: 4 },
  accuracy: { target: 0.98, weight: 4 },
  timeliness: { target: 0.95, weight: 3 },
} as const;
type Figure = keyof typeof QUALITY_WEIGHTS;
const FIGURES = Object.keys(QUALITY_WEIGHTS) as Figure[];

/** Lowest score of each grade (§4.3: ≥ 90, 75–89, 60–74, < 60). */
const LOWEST: readonly (readonly [Grade, number])[] = [
  ['excellent', 90],
  ['good', 75],
  ['fair', 60],
  ['poor', 0],
];

/**
 * The figures of what was counted. The score is the mean of min(1, figure / target), weighted; a figure that cannot be told is
 * left out of it, and nothing at all has no grade.
 */
export function qualityFigures(counts: CountedQuality): QualityFigures {
  const { expected, arrived, received, suspect, inTime, onlineMinutes, requiredMinutes } = counts;
  const told = {
    online: share(onlineMinutes, requiredMinutes),
    completeness: expected === null ? null : share(arrived, expected),
    accuracy: share(received - suspect, received),
    timeliness: inTime === null ? null : share(inTime, received),
  };
  let sum = 0;
  let weights = 0;
  for (const figure of FIGURES) {
    const value = told[figure];
    if (value === null) continue;
    const { target, weight } = QUALITY_WEIGHTS[figure];
    sum += weight * Math.min(1, value / target);
    weights += weight;
  }
  const score = weights === 0 ? null : (100 * sum) / weights;
  return { ...told, score, grade: score === null ? null : gradeOf(score) };
}

function gradeOf(score: number): Grade {
  return LOWEST.find(([, lowest]) => score >= lowest)?.[0] ?? 'poor';
}

const share = (part: number, whole: number): number | null => (whole > 0 ? part / whole : null);
