/** A point whose data is poor, with what it hangs on. */
export interface PoorPoint {
  readonly point: number;
  readonly code: string;
  /** `protocol/code` of its device; null where it has none. */
  readonly device: string | null;
  readonly line: string | null;
  readonly reason: string;
}

export interface DataFinding {
  readonly subjectKind: 'point' | 'device' | 'line';
  readonly subjectId: string;
  readonly reason: string;
  readonly points: readonly number[];
}

/** From so many devices of a line that are poor for one reason, and half of them all, it is the line. */
const LINE_DEVICES = 5;
const LINE_SHARE = 0.5;

/**
 * One finding a cause, not one a point: points of one device are the device's, many devices of one line are the line's. A line that is found
 * stays so until its last device is good again: it does not fall apart into devices on its way.
 */
export function dataFindings(
  poor: readonly PoorPoint[],
  {
    devicesOf,
    open,
  }: {
    /** Devices of each line. */
    readonly devicesOf: ReadonlyMap<string, number>;
    readonly open: readonly Pick<DataFinding, 'subjectKind' | 'subjectId' | 'reason'>[];
  },
): readonly DataFinding[] {
  const openLines = new Set(
    open.filter((one) => one.subjectKind === 'line').map(({ subjectId, reason }) => `${reason} ${subjectId}`),
  );
  return [...Map.groupBy(poor, ({ line, reason }) => `${reason} ${line ?? ''}`)].flatMap(([key, points]) => {
    const [{ line, reason } = { line: null, reason: '' }] = points;
    const devices = new Set(points.map(({ device }) => device));
    const isMany =
      devices.size >= LINE_DEVICES && devices.size >= LINE_SHARE * (devicesOf.get(line ?? '') ?? Infinity);
    if (line !== null && (isMany || openLines.has(key)))
      return [{ subjectKind: 'line' as const, subjectId: line, reason, points: numbers(points) }];
    return [...Map.groupBy(points, ({ device, code }) => device ?? `point ${code}`).values()].map(
      (together): DataFinding => {
        const [first] = together;
        const device = first?.device ?? null;
        return {
          subjectKind: device === null ? 'point' : 'device',
          subjectId: device ?? first?.code ?? '',
          reason,
          points: numbers(together),
        };
      },
    );
  });
}

const numbers = (points: readonly PoorPoint[]): readonly number[] => points.map(({ point }) => point);
