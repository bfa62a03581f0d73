import { useQuery } from '@tanstack/react-query';
import { Input } from 'antd';
import { type ReactElement, useState } from 'react';

import { formatDateTime, formatNumber } from '../../../app/format.ts';
import { Resource } from '../../../ui/states.tsx';
import { gapsQuery } from './queries.ts';
import { REPAIR_TEXT } from './text.ts';

const WEEK_MS = 7 * 86_400_000;

/** What is missing of a point, for back-fill. */
export function Gaps(): ReactElement {
  const [asked, setAsked] = useState({ point: '', to: 0 });
  const query = useQuery(gapsQuery(asked.point, asked.to, WEEK_MS));
  return (
    <section className="panel" aria-label={REPAIR_TEXT.gaps}>
      <h2>{REPAIR_TEXT.gaps}</h2>
      <Input.Search
        className="filter-search"
        maxLength={200}
        placeholder={REPAIR_TEXT.point}
        aria-label={REPAIR_TEXT.point}
        enterButton={REPAIR_TEXT.gapsFind}
        onSearch={(point) => setAsked({ point: point.trim(), to: Date.now() })}
      />
      {asked.point !== '' && (
        <Resource query={query} rows={2}>
          {({ items, truncated }) =>
            items.length === 0 ? (
              <p className="quiet">{REPAIR_TEXT.noGaps}</p>
            ) : (
              <>
                <ul className="findings">
                  {items.map(({ from, to, missing }) => (
                    <li key={from} className="figures">
                      {formatDateTime(from)} – {formatDateTime(to)}{' '}
                      <span className="quiet">{REPAIR_TEXT.missing(formatNumber(missing))}</span>
                    </li>
                  ))}
                </ul>
                {truncated && <p className="quiet">{REPAIR_TEXT.truncated}</p>}
              </>
            )
          }
        </Resource>
      )}
    </section>
  );
}
