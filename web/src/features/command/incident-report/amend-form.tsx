import { incidentReportRoutes, type IncidentReport } from '#contract/command';
import { type Casualties, REPORT_FIELD_TEXT, REPORT_FIELDS } from '#model/command';
import { Button, Input } from 'antd';
import { type ReactElement, useState } from 'react';

import { fieldOf, momentOf } from '../../../app/beijing-input.ts';
import { Failure } from '../../../ui/states.tsx';
import { useAct } from '../use-act.ts';
import { CasualtyFields } from './casualty-fields.tsx';
import { REPORT_TEXT } from './text.ts';

const NOBODY: Casualties = { deaths: null, injuries: null, unaccounted: null };

interface AmendFormProps {
  readonly report: IncidentReport;
  readonly onClose: () => void;
}

/** Sets a report right: what was sent stays, this stands beside it. */
export function AmendForm({ report, onClose }: AmendFormProps): ReactElement {
  const [fields, setFields] = useState(report.fields);
  const [eventAt, setEventAt] = useState(fieldOf(report.eventAt));
  const [casualties, setCasualties] = useState(NOBODY);
  const [reason, setReason] = useState('');
  const amend = useAct(incidentReportRoutes.amendReport, onClose);
  const send = (): void => {
    const at = eventAt === fieldOf(report.eventAt) ? null : momentOf(eventAt);
    const counted = Object.fromEntries(Object.entries(casualties).filter(([, count]) => count !== null));
    const body = { fields, casualties: counted, reason, ...(at === null ? {} : { eventAt: at }) };
    amend.mutate({ params: { id: report.id }, body });
  };
  return (
    <form
      className="command-form report-form"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <label>
        <span className="form-label">{REPORT_TEXT.eventAt}</span>
        <Input type="datetime-local" value={eventAt} onChange={({ target }) => setEventAt(target.value)} />
      </label>
      <CasualtyFields value={casualties} onChange={setCasualties} />
      {REPORT_FIELDS.map((field) => (
        <label key={field}>
          <span className="form-label">{REPORT_FIELD_TEXT[field]}</span>
          <Input.TextArea
            autoSize={{ minRows: 1, maxRows: 6 }}
            maxLength={2000}
            value={fields[field]}
            onChange={({ target }) => setFields({ ...fields, [field]: target.value })}
          />
        </label>
      ))}
      <label>
        <span className="form-label">{REPORT_TEXT.reason}</span>
        <Input required minLength={2} value={reason} onChange={({ target }) => setReason(target.value)} />
      </label>
      {amend.error && <Failure error={amend.error} />}
      <div className="report-acts">
        <Button type="primary" htmlType="submit" loading={amend.isPending}>
          {REPORT_TEXT.keepAmended}
        </Button>
        <Button onClick={onClose}>{REPORT_TEXT.cancel}</Button>
      </div>
    </form>
  );
}
