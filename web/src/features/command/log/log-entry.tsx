import { commandRoutes, type LogLine } from '#contract/command';
import { CALL_OUTCOME_TEXT } from '#model/command';
import { Link } from '@tanstack/react-router';
import { type ReactElement, useState } from 'react';

import { formatDateTime } from '../../../app/format.ts';
import { OriginTags } from '../../../ui/replay-tag.tsx';
import { Failure } from '../../../ui/states.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { useAct } from '../use-act.ts';
import { CorrectDialog } from './correct-dialog.tsx';
import { OutcomeDialog } from './outcome-dialog.tsx';
import { LOG_TEXT } from './text.ts';

interface LogEntryProps {
  readonly line: LogLine;
  readonly current: boolean;
  readonly fresh: boolean;
  /** Where several platforms' logs are shown together. */
  readonly showPlatform: boolean;
}

/** A line of the duty log: when, what, by whom, about what. */
export function LogEntry({ line, current, fresh, showPlatform }: LogEntryProps): ReactElement {
  const name = ['log-line', `log-${line.kind}`];
  if (line.struck) name.push('log-struck');
  if (line.forHandover) name.push('log-marked');
  if (fresh) name.push('row-fresh');
  return (
    <li className={name.join(' ')} data-row={line.id} data-current={current}>
      <time className="figures" dateTime={new Date(line.at).toISOString()} title={formatDateTime(line.at)}>
        {formatDateTime(line.at).slice(11)}
      </time>
      <span className="log-kind">{LOG_TEXT.kinds[line.kind]}</span>
      <div className="log-words">
        <p className="log-text">
          {line.struck ? <s>{line.text}</s> : line.text}{' '}
          {line.count > 1 && (
            <StateTag tone="quiet">
              <strong className="figures">{LOG_TEXT.counted(line.count)}</strong>
            </StateTag>
          )}{' '}
          <OriginTags replaySession={line.replay ? 0 : null} simulated={line.simulated} />
        </p>
        {line.struck && (
          <p className="log-about">
            {LOG_TEXT.struck(line.struck.by, formatDateTime(line.struck.at).slice(11), line.struck.reason)}
          </p>
        )}
        <Facts line={line} showPlatform={showPlatform} />
      </div>
      <Acts line={line} />
    </li>
  );
}

function Facts({
  line,
  showPlatform,
}: {
  readonly line: LogLine;
  readonly showPlatform: boolean;
}): ReactElement {
  return (
    <p className="log-about">
      {line.forHandover && <StateTag tone="active">{LOG_TEXT.toHandover}</StateTag>}
      {line.by !== null && <span>{line.by}</span>}
      {showPlatform && <span>{line.platform.name}</span>}
      {line.contact && <span>{line.contact.name}</span>}
      {line.outcome && (
        <StateTag tone={line.outcome === 'reached' ? 'done' : 'waiting'}>
          {CALL_OUTCOME_TEXT[line.outcome]}
        </StateTag>
      )}
      {line.warning !== null && (
        <Link to="/warnings/$id" params={{ id: String(line.warning) }}>
          {LOG_TEXT.warning}
        </Link>
      )}
      {line.workOrder && (
        <Link to="/orders/$id" params={{ id: String(line.workOrder.id) }} className="figures">
          {line.workOrder.code}
        </Link>
      )}
      {line.count > 1 && (
        <Link to="/warnings" search={{}}>
          {LOG_TEXT.seeWarnings}
        </Link>
      )}
    </p>
  );
}

function Acts({ line }: { readonly line: LogLine }): ReactElement | null {
  const [open, setOpen] = useState<'correct' | 'note-call'>();
  const mark = useAct(commandRoutes.markLogLine);
  if (line.allowedActions.length === 0) return null;
  const may = (action: LogLine['allowedActions'][number]): boolean => line.allowedActions.includes(action);
  const close = (): void => setOpen(undefined);
  return (
    <div className="log-acts no-print">
      {may('note-call') && (
        <button type="button" className="text-button" onClick={() => setOpen('note-call')}>
          {LOG_TEXT.noteCall}
        </button>
      )}
      {may('mark') && (
        <button
          type="button"
          className="text-button"
          disabled={mark.isPending}
          onClick={() => mark.mutate({ params: { id: line.id }, body: { forHandover: !line.forHandover } })}
        >
          {line.forHandover ? LOG_TEXT.unmark : LOG_TEXT.mark}
        </button>
      )}
      {may('correct') && (
        <button type="button" className="text-button" onClick={() => setOpen('correct')}>
          {LOG_TEXT.correct}
        </button>
      )}
      {mark.error && <Failure error={mark.error} />}
      {open === 'correct' && <CorrectDialog line={line} onClose={close} />}
      {open === 'note-call' && <OutcomeDialog log={line.id} onClose={close} />}
    </div>
  );
}
