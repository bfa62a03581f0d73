import { incidentReportRoutes, type IncidentReport } from '#contract/command';
import { REPORT_CHANNEL_TEXT, REPORT_FLAG_TEXT, REPORT_RECIPIENT_TEXT } from '#model/command';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { type ReactElement, useState } from 'react';

import { formatDateTime } from '../../../app/format.ts';
import { OriginTags } from '../../../ui/replay-tag.tsx';
import { Failure } from '../../../ui/states.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { useAct } from '../use-act.ts';
import { AmendForm } from './amend-form.tsx';
import { REPORT_TEXT } from './text.ts';
import { WordsForm } from './words-form.tsx';

interface ReportEntryProps {
  readonly report: IncidentReport;
  readonly showMatter: boolean;
}

const short = (at: number): string => formatDateTime(at).slice(5);

/** One report as it was sent, with its moments, its receipt and what may be done about it. */
export function ReportEntry({ report, showMatter }: ReportEntryProps): ReactElement {
  const [open, setOpen] = useState<'ask' | 'amend'>();
  const sign = useAct(incidentReportRoutes.signReport);
  const ask = useAct(incidentReportRoutes.askAboutReport, () => setOpen(undefined));
  const may = (action: IncidentReport['allowedActions'][number]): boolean =>
    report.allowedActions.includes(action);
  const params = { id: report.id };
  return (
    <li className="report-entry" data-row={report.id}>
      <Head report={report} showMatter={showMatter} />
      <p className="report-text">{report.text}</p>
      <Moments report={report} />
      <div className="report-acts no-print">
        {may('sign') && (
          <Button type="primary" loading={sign.isPending} onClick={() => sign.mutate({ params })}>
            {REPORT_TEXT.sign}
          </Button>
        )}
        {may('ask') && <Button onClick={() => setOpen('ask')}>{REPORT_TEXT.ask}</Button>}
        {may('amend') && <Button onClick={() => setOpen('amend')}>{REPORT_TEXT.amend}</Button>}
        {report.channel !== 'phone' && (
          <a href={`/api/v1/incident-reports/${report.id}/document`} download>
            {REPORT_TEXT.document}
          </a>
        )}
      </div>
      {sign.error && <Failure error={sign.error} />}
      {open === 'ask' && (
        <WordsForm
          label={REPORT_TEXT.ask}
          sending={ask.isPending}
          error={ask.error}
          onSend={(question) => ask.mutate({ params, body: { question } })}
          onCancel={() => setOpen(undefined)}
        />
      )}
      {open === 'amend' && <AmendForm report={report} onClose={() => setOpen(undefined)} />}
    </li>
  );
}

function Head({ report, showMatter }: ReportEntryProps): ReactElement {
  return (
    <div className="report-duty-head">
      <strong>
        {report.stageText} · {REPORT_CHANNEL_TEXT[report.channel]}报{REPORT_RECIPIENT_TEXT[report.recipient]}
      </strong>
      {report.flags.map((flag) => (
        <StateTag key={flag} tone="late">
          {REPORT_FLAG_TEXT[flag]}
        </StateTag>
      ))}
      <OriginTags replaySession={report.replaySession} simulated={report.simulated} />
      {showMatter && (
        <Link to="/command/reports/$id" params={{ id: String(report.matter.id) }}>
          {report.matter.title}
        </Link>
      )}
    </div>
  );
}

function Moments({ report }: { readonly report: IncidentReport }): ReactElement {
  const noted = report.recordedAt - report.reportedAt >= 60_000;
  return (
    <p className="quiet figures">
      {report.platform.name} {report.by} · {REPORT_TEXT.eventAt} {short(report.eventAt)} ·{' '}
      {REPORT_TEXT.knownAt} {short(report.knownAt)} · {REPORT_TEXT.reportedAt} {short(report.reportedAt)}
      {noted && ` · ${REPORT_TEXT.recordedAt} ${short(report.recordedAt)}`}
      {report.takenBy !== null && report.takenBy !== '' && ` · ${REPORT_TEXT.takenBy} ${report.takenBy}`}
      {report.signedAt !== null &&
        ` · ${REPORT_TEXT.signedBy(report.signedBy ?? '', short(report.signedAt))}`}
      {report.signedAt === null &&
        report.channel !== 'phone' &&
        report.recipient === 'district' &&
        ` · ${REPORT_TEXT.unsignedYet}`}
    </p>
  );
}
