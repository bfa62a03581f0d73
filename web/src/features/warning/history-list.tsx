import type { WarningDetail } from '#contract/warning';
import { WARNING_CHANGE_TEXT } from '#model/warning';
import type { ReactElement } from 'react';

import { newestFirst } from '../../app/newest-first.ts';
import { LevelTag } from '../../ui/level-tag.tsx';
import { TimeText } from '../../ui/time-text.tsx';
import { TEXT } from './text.ts';

/** What happened to a warning, newest first. */
export function HistoryList({ history }: { readonly history: WarningDetail['history'] }): ReactElement {
  return (
    <ol className="timeline">
      {newestFirst(history).map((entry) => (
        <li key={`${entry.at}${entry.change}`}>
          <div className="timeline-head">
            <strong>{WARNING_CHANGE_TEXT[entry.change]}</strong>
            {entry.toLevel !== null && entry.toLevel !== entry.fromLevel && (
              <span className="tags">
                {entry.fromLevel !== null && (
                  <>
                    <LevelTag level={entry.fromLevel} /> →
                  </>
                )}
                <LevelTag level={entry.toLevel} />
              </span>
            )}
            <span className="quiet timeline-when">
              <TimeText at={entry.at} whole /> · {entry.by ?? TEXT.rule}
            </span>
          </div>
          <p>{entry.reason}</p>
        </li>
      ))}
    </ol>
  );
}
