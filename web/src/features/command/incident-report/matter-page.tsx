import './reports.css';

import { incidentReportRoutes, type ReportDutyRecord, type ReportMatterDetail } from '#contract/command';
import { REPORT_TRIGGER_TEXT } from '#model/command';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { type ReactElement, useState } from 'react';

import { formatDateTime } from '../../../app/format.ts';
import { OriginTags } from '../../../ui/replay-tag.tsx';
import { Resource } from '../../../ui/states.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { Frame } from '../frame.tsx';
import { useAct } from '../use-act.ts';
import { DutyRow } from './duty-row.tsx';
import { matterQuery, type ReportWay } from './queries.ts';
import { ReportEntry } from './report-entry.tsx';
import { ReportForm } from './report-form.tsx';
import { REPORT_TEXT } from './text.ts';
import { WordsForm } from './words-form.tsx';

/** One matter: what is owed on it, what was told, and the next report. */
export function MatterPage(): ReactElement {
  const { id } = useParams({ from: '/desk/command/reports/$id' });
  const query = useQuery(matterQuery(Number(id)));
  return <Resource query={query}>{(matter) => <MatterView key={matter.id} matter={matter} />}</Resource>;
}

function MatterView({ matter }: { readonly matter: ReportMatterDetail }): ReactElement {
  const { duty: asked } = useSearch({ from: '/desk/command/reports/$id' });
  const [way, setWay] = useState(() => wayOf(matter.duties.find(({ id }) => id === asked)));
  const open = matter.duties.filter((one) => one.fulfilledAt === null && one.standing !== 'stopped');
  return (
    <Frame title={matter.title} hint={<MatterHint matter={matter} />}>
      {way && <ReportForm matter={matter.id} way={way} onClose={() => setWay(undefined)} />}
      <section className="panel">
        <h2>{REPORT_TEXT.duties}</h2>
        {open.length === 0 && <p className="quiet panel-body">{REPORT_TEXT.noDue}</p>}
        <ul className="report-duties">
          {matter.duties.map((duty) => (
            <DutyRow key={duty.id} duty={duty} showMatter={false}>
              {duty.mayReport && open.includes(duty) && (
                <Button className="report-do" onClick={() => setWay(wayOf(duty))}>
                  {REPORT_TEXT.report}
                </Button>
              )}
            </DutyRow>
          ))}
        </ul>
      </section>
      <section className="panel">
        <h2>{REPORT_TEXT.reports}</h2>
        {matter.reports.length === 0 && <p className="quiet panel-body">{REPORT_TEXT.noReports}</p>}
        <ul className="report-list">
          {matter.reports.map((report) => (
            <ReportEntry key={report.id} report={report} showMatter={false} />
          ))}
        </ul>
      </section>
      <Changes matter={matter} />
      <Questions matter={matter} />
    </Frame>
  );
}

/** How a duty is met. */
function wayOf(duty: ReportDutyRecord | undefined): ReportWay | undefined {
  if (duty === undefined || !duty.mayReport || duty.fulfilledAt !== null) return undefined;
  const { platform, recipient, channel, kind } = duty;
  return { platform: platform.code, recipient, channel, final: kind === 'final' };
}

function MatterHint({ matter }: { readonly matter: ReportMatterDetail }): ReactElement {
  return (
    <>
      <Link to="/command/reports">{REPORT_TEXT.back}</Link> / {REPORT_TRIGGER_TEXT[matter.trigger]} ·{' '}
      {matter.platform.name} · {REPORT_TEXT.eventAt} {formatDateTime(matter.eventAt).slice(5)} ·{' '}
      {REPORT_TEXT.knownAt} {formatDateTime(matter.knownAt).slice(5)}
      {matter.order && (
        <>
          {' · '}
          <Link to="/orders/$id" params={{ id: String(matter.order.id) }} className="figures">
            {matter.order.code}
          </Link>
        </>
      )}
      {matter.incident && (
        <>
          {' · '}
          {matter.covered ? REPORT_TEXT.covered : REPORT_TEXT.whole(matter.covers)}{' '}
          <Link to="/orders/incidents/$id" params={{ id: String(matter.incident.id) }} className="figures">
            {matter.incident.code}
          </Link>
        </>
      )}{' '}
      <OriginTags replaySession={matter.replaySession} simulated={matter.simulated} />
    </>
  );
}

function Changes({ matter }: { readonly matter: ReportMatterDetail }): ReactElement | null {
  if (matter.changes.length === 0) return null;
  return (
    <section className="panel">
      <h2>{REPORT_TEXT.changes}</h2>
      <ul className="report-duties">
        {matter.changes.map((change) => (
          <li key={change.id} className="report-duty">
            <span>
              {change.fieldText}：<s>{change.before}</s> → <strong>{change.after}</strong>{' '}
              {change.flagged && <StateTag tone="late">已更改</StateTag>}
            </span>
            <span className="quiet figures">
              {change.by} {formatDateTime(change.at).slice(5)}
              {change.reason !== null && ` · ${change.reason}`}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Questions({ matter }: { readonly matter: ReportMatterDetail }): ReactElement | null {
  const answer = useAct(incidentReportRoutes.answerReportQuestion);
  if (matter.questions.length === 0) return null;
  return (
    <section className="panel">
      <h2>{REPORT_TEXT.questions}</h2>
      <ul className="report-duties">
        {matter.questions.map((one) => (
          <li key={one.id} className="report-duty">
            <span>
              <strong>{one.askedBy}</strong>：{one.question}
            </span>
            {one.answer !== null && (
              <span>
                <strong>{one.answeredBy}</strong>：{one.answer}
              </span>
            )}
            {one.mayAnswer && (
              <WordsForm
                label={REPORT_TEXT.answer}
                sending={answer.isPending}
                error={answer.error}
                onSend={(words) => answer.mutate({ params: { id: one.id }, body: { answer: words } })}
              />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
