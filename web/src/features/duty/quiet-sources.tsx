import type { DutyDesk } from '#contract/command';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';

import { TimeText } from '../../ui/time-text.tsx';
import { TEXT } from './text.ts';

type Sources = NonNullable<DutyDesk['sources']>;

const SHOWN = 5;

/** What the watch does not see: sources that went quiet or broke, the newest first. */
export function QuietSources({ sources }: { readonly sources: Sources }): ReactElement {
  const { count, newest, blind } = sources;
  const sees = blind !== null && blind.blind + blind.thin > 0;
  const more = count - Math.min(count, SHOWN);
  return (
    <>
      {count === 0 && <p className="panel-body quiet">{TEXT.sourcesNone}</p>}
      {count > 0 && (
        <ul className="duty-list">
          {newest.slice(0, SHOWN).map((source) => (
            <li key={source.fault}>
              <div className="duty-words">
                <span className="duty-line">
                  <Link to="/operations" search={{ fault: source.fault }} className="row-link">
                    {source.name}
                  </Link>
                  <span>{source.kindText}</span>
                </span>
                <span className="quiet">{source.summary}</span>
              </div>
              <div className="duty-side">
                <TimeText at={source.since} />
              </div>
            </li>
          ))}
        </ul>
      )}
      {(more > 0 || sees) && (
        <p className="panel-body duty-foot quiet">
          {more > 0 && <Link to="/operations">{TEXT.more(more)}</Link>}
          {sees && <Link to="/monitoring">{TEXT.blind(blind.blind, blind.thin)}</Link>}
        </p>
      )}
    </>
  );
}
