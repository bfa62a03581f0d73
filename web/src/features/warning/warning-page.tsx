import { warningRoutes, type WarningDetail } from '#contract/warning';
import { LEVEL_TEXT } from '#model/warning';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Alert, Button } from 'antd';
import { lazy, type ReactElement, Suspense } from 'react';

import { formatSpot } from '../../app/format.ts';
import { call } from '../../app/call.ts';
import { LEVEL_COLORS } from '../../ui/level-colors.ts';
import { HeldTag } from '../../ui/held/held-tag.tsx';
import { LevelTag } from '../../ui/level-tag.tsx';
import { DeviceNotes, type NotesFilter } from '../../ui/notes/device-notes.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import { OriginTags } from '../../ui/replay-tag.tsx';
import { Loading, Resource } from '../../ui/states.tsx';
import { OverdueTag, WarningStateTag } from '../../ui/state-tag.tsx';
import { TimeText } from '../../ui/time-text.tsx';
import { CascadePanel } from './cascade/cascade-panel.tsx';
import { ConfidenceParts } from './confidence-parts.tsx';
import { EvidencePanel } from './evidence-panel.tsx';
import { HistoryList } from './history-list.tsx';
import { JudgeButton } from './life/judge-button.tsx';
import { LifeFacts } from './life/life-facts.tsx';
import { ReopenButton } from './life/reopen-button.tsx';
import { warningQuery } from './queries.ts';
import { ShelveButton } from './shelves/shelve-button.tsx';
import { TEXT } from './text.ts';
import './warning.css';

const ReadingsPanel = lazy(() =>
  import('./readings-panel.tsx').then((page) => ({ default: page.ReadingsPanel })),
);

/** One warning: why it stands, what it rests on, what happened to it. */
export function WarningPage(): ReactElement {
  const { id } = useParams({ from: '/desk/warnings/$id' });
  const query = useQuery(warningQuery(Number(id)));
  return <Resource query={query}>{(warning) => <WarningView warning={warning} />}</Resource>;
}

function WarningView({ warning }: { readonly warning: WarningDetail }): ReactElement {
  return (
    <>
      <PageHead
        title={`${warning.object.name} · ${warning.item.name}`}
        tags={
          <span className="tags">
            <WarningStateTag state={warning.state} />
            {warning.hold && <HeldTag hold={warning.hold} />}
            <OriginTags replaySession={warning.replaySession} simulated={warning.simulated} />
          </span>
        }
        hint={
          <>
            <Link to="/warnings">{TEXT.title}</Link> / {warning.scenarioName}
          </>
        }
        extra={
          <>
            <ReopenButton warning={warning} />
            <JudgeButton warning={warning} />
            <ShelveButton warning={warning} />
            <Acknowledge warning={warning} />
          </>
        }
      />
      <div className="warning-now panel" style={{ borderLeftColor: LEVEL_COLORS[warning.level].fill }}>
        <LevelTag level={warning.level} large />
        <p>{warning.reason}</p>
        {warning.hold && <p className="quiet warning-held">{TEXT.heldBecause(warning.hold.reason)}</p>}
        {warning.confidence && <ConfidenceParts confidence={warning.confidence} />}
      </div>
      <div className="warning-grid">
        <div className="warning-column">
          {warning.evidence.map((evidence) => (
            <section key={evidence.alarm} className="panel">
              <EvidencePanel evidence={evidence} />
              <Suspense fallback={<Loading rows={5} />}>
                <ReadingsPanel
                  evidence={evidence}
                  since={warning.openedAt}
                  until={warning.normalAt}
                  replaySession={warning.replaySession}
                />
              </Suspense>
            </section>
          ))}
          <DeviceNotes filter={notesAround(warning)} className="panel panel-body" />
        </div>
        <div className="warning-column">
          <Facts warning={warning} />
          <CascadePanel warning={warning.id} />
          <section className="panel">
            <h2>{TEXT.history}</h2>
            <HistoryList history={warning.history} />
          </section>
        </div>
      </div>
    </>
  );
}

/** What the object's devices sent besides numbers, from a while before it began. */
const notesAround = ({ object, openedAt, closedAt }: WarningDetail): NotesFilter => ({
  object: object.code,
  from: openedAt - BEFORE_MS,
  ...(closedAt === null ? {} : { to: closedAt }),
});

const BEFORE_MS = 6 * 3_600_000;

function Facts({ warning }: { readonly warning: WarningDetail }): ReactElement {
  const { object, workOrder } = warning;
  return (
    <section className="panel">
      <dl className="facts">
        <dt>{TEXT.place}</dt>
        <dd>
          {object.town ?? '—'} <span className="quiet figures spot">{formatSpot(object)}</span>
        </dd>
        <dt>{TEXT.openedAt}</dt>
        <dd>
          <TimeText at={warning.openedAt} whole />
        </dd>
        <dt>{warning.normalAt === null ? TEXT.changedAt : TEXT.normalAt}</dt>
        <dd>
          <TimeText at={warning.normalAt ?? warning.changedAt} whole />
        </dd>
        <dt>{TEXT.peak}</dt>
        <dd>{LEVEL_TEXT[warning.peakLevel]}</dd>
        {warning.acknowledgedAt !== null && (
          <>
            <dt>{TEXT.acknowledgedBy}</dt>
            <dd>
              {warning.acknowledgedBy} <TimeText at={warning.acknowledgedAt} whole />
            </dd>
          </>
        )}
        <LifeFacts warning={warning} />
        <dt>{TEXT.order}</dt>
        <dd>
          {workOrder === null ? (
            TEXT.noOrder
          ) : (
            <>
              <Link to="/orders/$id" params={{ id: String(workOrder.id) }}>
                {workOrder.code}
              </Link>{' '}
              {workOrder.overdue && <OverdueTag />}
            </>
          )}
        </dd>
      </dl>
    </section>
  );
}

/** 签收: the duty officer has seen it. Shown to whom the server allows it. */
function Acknowledge({ warning }: { readonly warning: WarningDetail }): ReactElement | null {
  const client = useQueryClient();
  const acknowledge = useMutation({
    mutationFn: () => call(warningRoutes.acknowledgeWarning, { params: { id: warning.id } }),
    // After a refusal too: somebody else may have been quicker.
    onSettled: () => client.invalidateQueries({ queryKey: ['warning'] }),
  });
  const allowed = warning.allowedActions.includes('acknowledge');
  if (!allowed && !acknowledge.error) return null;
  return (
    <>
      {acknowledge.error && <Alert type="error" showIcon role="alert" title={acknowledge.error.message} />}
      {allowed && (
        <Button type="primary" loading={acknowledge.isPending} onClick={() => acknowledge.mutate()}>
          {acknowledge.isPending ? TEXT.acknowledging : TEXT.acknowledge}
        </Button>
      )}
    </>
  );
}
