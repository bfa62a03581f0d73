import type { WorkOrderDetail } from '#contract/response';
import type { ReactElement } from 'react';

import { newestFirst } from '../../app/newest-first.ts';
import { TimeText } from '../../ui/time-text.tsx';
import { TEXT } from './text.ts';

/** What happened to an order, newest first, with notes and pictures. */
export function Timeline({ entries }: { readonly entries: WorkOrderDetail['entries'] }): ReactElement {
  return (
    <ol className="timeline">
      {newestFirst(entries).map((entry, i) => (
        <li key={`${entry.at}-${entry.kind}-${i}`}>
          <div className="timeline-head">
            <strong>{entry.text}</strong>
            <span className="quiet timeline-when">
              <EntryTime entry={entry} /> · {entry.by ?? TEXT.by}
            </span>
          </div>
          {entry.note !== null && <p className="timeline-note">{entry.note}</p>}
          {entry.attachments.length > 0 && (
            <div className="photo-strip">
              {entry.attachments.map((attachment) => (
                <a
                  key={attachment.id}
                  className="photo"
                  href={`/api/v1/attachments/${attachment.id}`}
                  target="_blank"
                  rel="noreferrer"
                >
                  <img src={`/api/v1/attachments/${attachment.id}`} alt={attachment.name} loading="lazy" />
                </a>
              ))}
            </div>
          )}
        </li>
      ))}
    </ol>
  );
}

/** When it was done, and when it arrived where the phone had to hold it. */
function EntryTime({ entry }: { readonly entry: WorkOrderDetail['entries'][number] }): ReactElement {
  if (entry.actedAt === null) return <TimeText at={entry.at} whole />;
  return (
    <>
      <TimeText at={entry.actedAt} whole /> {TEXT.actedThere}，<TimeText at={entry.at} whole />{' '}
      {TEXT.uploaded}
    </>
  );
}
