import type { Point } from '#contract/monitoring';
import type { Sign } from '#contract/standard';
import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { type ReactElement, useMemo, useState } from 'react';

import { Chart } from '../../../ui/chart.tsx';
import { Resource } from '../../../ui/states.tsx';
import { pointsOfElementQuery, readingsQuery } from '../queries.ts';
import { SIGN_TEXT } from '../text.ts';
import { readingsOption } from './readings-option.ts';

const THREE_DAYS_MS = 3 * 86_400_000;

/** The limits over what one of the sign's points has measured of late. */
export function SignReadings({ sign }: { readonly sign: Sign }): ReactElement {
  const points = useQuery(pointsOfElementQuery(sign.element, sign.elementName));
  const [picked, setPicked] = useState<string>();
  return (
    <Resource query={points} rows={4}>
      {(all) => {
        const spoken = all.find(({ lastObservedAt }) => lastObservedAt !== null) ?? all[0];
        const point = all.find(({ code }) => code === picked) ?? spoken;
        if (!point) return <p className="quiet">{SIGN_TEXT.noPoint}</p>;
        return (
          <div className="standard-readings">
            <Select
              showSearch
              optionFilterProp="label"
              aria-label={SIGN_TEXT.point}
              popupMatchSelectWidth={false}
              value={point.code}
              onChange={setPicked}
              options={all.map(({ code, objectName }) => ({ value: code, label: `${objectName} ${code}` }))}
            />
            <PointReadings sign={sign} point={point} />
          </div>
        );
      }}
    </Resource>
  );
}

function PointReadings({ sign, point }: { readonly sign: Sign; readonly point: Point }): ReactElement {
  if (point.lastObservedAt === null) return <p className="quiet">{SIGN_TEXT.noReadings}</p>;
  // The span ends before `to`, and the newest reading belongs to it.
  return <Readings sign={sign} point={point} to={point.lastObservedAt + 1} />;
}

interface ReadingsProps {
  readonly sign: Sign;
  readonly point: Point;
  readonly to: number;
}

function Readings({ sign, point, to }: ReadingsProps): ReactElement {
  const query = useQuery(readingsQuery(point.code, { to, ms: THREE_DAYS_MS }));
  const option = useMemo(
    () => readingsOption(sign, point.unit, query.data?.items ?? []),
    [sign, point.unit, query.data],
  );
  return (
    <Resource query={query} rows={4}>
      {({ items }) =>
        items.length === 0 ? (
          <p className="quiet">{SIGN_TEXT.noReadings}</p>
        ) : (
          <Chart option={option} height={260} label={`${point.objectName} ${SIGN_TEXT.readings}`} />
        )
      }
    </Resource>
  );
}
