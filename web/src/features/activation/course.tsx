import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';

import { Resource } from '../../ui/states.tsx';
import { TimeText } from '../../ui/time-text.tsx';
import { activationQuery } from './queries.ts';

/** What became of a response: each step with name, moment and reason, the newest first. */
export function Course({ id }: { readonly id: number }): ReactElement {
  return (
    <Resource query={useQuery(activationQuery(id))}>
      {({ entries }) => (
        <ol className="timeline">
          {entries.map((entry) => (
            <li key={`${entry.at}${entry.text}`}>
              <div className="timeline-head">
                <strong>{entry.text}</strong>
                <span className="quiet timeline-when">
                  <TimeText at={entry.at} whole /> · {entry.by}
                </span>
              </div>
              {entry.reason !== null && <p className="timeline-note">{entry.reason}</p>}
            </li>
          ))}
        </ol>
      )}
    </Resource>
  );
}
