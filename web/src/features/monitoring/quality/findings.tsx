import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';

import { formatAgo } from '../../../app/format.ts';
import { useNow } from '../../../app/use-now.ts';
import { StateTag } from '../../../ui/state-tag.tsx';
import { Resource } from '../../../ui/states.tsx';
import { findingsQuery } from './queries.ts';
import { QUALITY_TEXT } from './text.ts';

const SHOWN = 8;

/** What is wrong with the data now, one line a cause, then what has recovered within a week. */
export function Findings(): ReactElement {
  const query = useQuery(findingsQuery);
  const now = useNow(30_000);
  return (
    <section className="panel" aria-label={QUALITY_TEXT.findings}>
      <h2>{QUALITY_TEXT.findings}</h2>
      <Resource query={query} rows={1}>
        {({ items }) => (
          <>
            {items.every(({ endedAt }) => endedAt !== null) && (
              <p className="quiet">{QUALITY_TEXT.noFindings}</p>
            )}
            <ul className="findings">
              {items
                .toSorted((a, b) => Number(a.endedAt !== null) - Number(b.endedAt !== null))
                .slice(0, SHOWN)
                .map((one) => (
                  <li key={one.id}>
                    <span className="code">{one.subject}</span> {one.text}{' '}
                    <span className="quiet">{formatAgo(one.since, now)}</span>{' '}
                    {one.endedAt !== null && <StateTag tone="done">{QUALITY_TEXT.more}</StateTag>}
                  </li>
                ))}
            </ul>
          </>
        )}
      </Resource>
    </section>
  );
}
