import { unitText } from '#model/standard';
import { useQuery } from '@tanstack/react-query';
import { type ReactElement, useMemo } from 'react';

import { useRecordNow } from '../../app/replay.ts';
import { Chart } from '../../ui/chart.tsx';
import { Empty, Resource } from '../../ui/states.tsx';
import { chartOption } from './chart-option.ts';
import type { Evidence } from './evidence.ts';
import { isOnScale, sumWindowMs } from './measure-text.ts';
import { readingsQuery } from './queries.ts';
import { rollingSum, type Sample } from './rolling-sum.ts';
import { TEXT } from './text.ts';

const BEFORE_MS = 6 * 3_600_000;
const AFTER_MS = 30 * 60_000;

interface ReadingsPanelProps {
  readonly evidence: Evidence;
  /** From when to when it stood (epoch ms); null while it does. */
  readonly since: number;
  readonly until: number | null;
  readonly replaySession: number | null;
}

/** The readings behind a sign with its limits, from six hours before it stood until it returned, or until now. */
export function ReadingsPanel(props: ReadingsPanelProps): ReactElement {
  const { evidence, since, until, replaySession } = props;
  const recordNow = useRecordNow();
  const { sign, point } = evidence;
  const from = since - BEFORE_MS;
  const windowMs = sumWindowMs(sign.measure);
  const query = useQuery(
    readingsQuery(
      {
        point: point.code,
        // A sum needs what lies one window before the first moment drawn.
        from: from - (windowMs ?? 0),
        to: until === null ? undefined : until + AFTER_MS,
        whole: windowMs !== null,
      },
      recordNow(replaySession),
    ),
  );
  const drawn = useMemo(() => {
    const replay = replaySession !== null;
    const good = (query.data?.items ?? []).filter(
      (reading) => reading.replay === replay && reading.quality === 'good',
    );
    const samples: readonly Sample[] = good.map(({ observedAt, value }) => ({ at: observedAt, value }));
    const sums = windowMs === null ? null : rollingSum(samples, windowMs);
    const inWindow = (sample: Sample): boolean => sample.at >= from;
    return { samples: samples.filter(inWindow), sums: sums?.filter(inWindow) ?? null };
  }, [query.data, replaySession, windowMs, from]);
  // The clock above ticks every second; the picture is drawn anew only when the readings or the sign changed.
  const option = useMemo(() => chartOption(evidence, drawn), [evidence, drawn]);
  return (
    <div className="panel-body">
      <h3 className="quiet">{readingsTitle(isOnScale(sign.measure) ? sign.unit : '')}</h3>
      <Resource query={query} rows={5}>
        {({ truncated }) =>
          drawn.samples.length === 0 ? (
            <Empty title={TEXT.noReadings} />
          ) : (
            <>
              <Chart
                option={option}
                label={`${point.elementName}读数与阈值。${evidence.reason ?? sign.name}`}
              />
              {truncated && <p className="quiet">{TEXT.truncated}</p>}
            </>
          )
        }
      </Resource>
    </div>
  );
}

function readingsTitle(unit: string): string {
  const text = unitText(unit);
  return text === '' ? TEXT.readings : `${TEXT.readings}（${text}）`;
}
