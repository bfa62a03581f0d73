import { incidentReportRoutes, type ReportDraft } from '#contract/command';
import {
  REPORT_CHANNEL_TEXT,
  REPORT_FIELD_TEXT,
  REPORT_FIELDS,
  REPORT_RECIPIENT_TEXT,
  type ReportFields,
} from '#model/command';
import { useQuery } from '@tanstack/react-query';
import { Button, Input, Segmented } from 'antd';
import { type ReactElement, useState } from 'react';

import { fieldOf, momentOf } from '../../../app/beijing-input.ts';
import { Failure, Resource } from '../../../ui/states.tsx';
import { useAct } from '../use-act.ts';
import { CasualtyFields } from './casualty-fields.tsx';
import { randomKey } from '../../../app/random-key.ts';
import { draftQuery, type ReportWay } from './queries.ts';
import { REPORT_TEXT } from './text.ts';

const UNKNOWN = '正在核实';

interface ReportFormProps {
  readonly matter: number;
  readonly way: ReportWay;
  readonly onClose: () => void;
}

/** The next report, drafted: read over, put in what is missing, send; or read it out and note who took it. */
export function ReportForm(props: ReportFormProps): ReactElement {
  const query = useQuery(draftQuery(props.matter, props.way));
  return (
    <section className="panel report-panel" aria-label={REPORT_TEXT.report}>
      <Resource query={query}>{(draft) => <Filled {...props} draft={draft} />}</Resource>
    </section>
  );
}

interface FilledProps extends ReportFormProps {
  readonly draft: ReportDraft;
}

function Filled({ matter, way, draft, onClose }: FilledProps): ReactElement {
  const [key] = useState(randomKey);
  const [fields, setFields] = useState<ReportFields>(draft.fields);
  const [eventAt, setEventAt] = useState(fieldOf(draft.eventAt));
  const [casualties, setCasualties] = useState(draft.casualties);
  const [reason, setReason] = useState('');
  const [call, setCall] = useState<Call>({ outcome: 'reached', takenBy: '' });
  const submit = useAct(incidentReportRoutes.submitReport, onClose);
  const missing = draft.required.filter((field) => fields[field].trim() === '');
  const moved = eventAt !== fieldOf(draft.eventAt);
  const isCall = way.channel === 'phone';
  const unanswered = isCall && call.outcome === 'no-answer';
  const send = (): void => {
    const at = (moved ? momentOf(eventAt) : null) ?? draft.eventAt;
    const body = {
      ...way,
      fields,
      casualties,
      eventAt: at,
      idempotencyKey: key,
      ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
      ...(isCall ? { call: { ...call, at: Date.now() } } : {}),
    };
    submit.mutate({ params: { id: matter }, body });
  };
  return (
    <form
      className="command-form report-form"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <h2>
        {draft.stageText} · {REPORT_CHANNEL_TEXT[way.channel]}报{REPORT_RECIPIENT_TEXT[way.recipient]}
      </h2>
      {isCall && <ReadingCard stage={draft.stageText} fields={fields} />}
      <FieldInputs fields={fields} required={draft.required} onChange={setFields} />
      <CasualtyFields value={casualties} onChange={setCasualties} />
      <label>
        <span className="form-label">{REPORT_TEXT.eventAt}</span>
        <Input type="datetime-local" value={eventAt} onChange={({ target }) => setEventAt(target.value)} />
      </label>
      {moved && (
        <label>
          <span className="form-label">{REPORT_TEXT.reasonHint}</span>
          <Input required value={reason} onChange={({ target }) => setReason(target.value)} />
        </label>
      )}
      {isCall && <CallFields call={call} onChange={setCall} />}
      {missing.length > 0 && !unanswered && (
        <p className="report-missing">
          {REPORT_TEXT.missing(missing.map((field) => REPORT_FIELD_TEXT[field]).join('、'))}{' '}
          <Button onClick={() => setFields(verifying(fields, missing))}>{REPORT_TEXT.verifying}</Button>
        </p>
      )}
      {submit.error && <Failure error={submit.error} />}
      <div className="report-acts report-send">
        <Button
          type="primary"
          htmlType="submit"
          size="large"
          loading={submit.isPending}
          disabled={missing.length > 0 && !unanswered}
        >
          {REPORT_TEXT.send}
        </Button>
        <Button size="large" onClick={onClose}>
          {REPORT_TEXT.cancel}
        </Button>
      </div>
    </form>
  );
}

function verifying(fields: ReportFields, missing: ReportDraft['missing']): ReportFields {
  return { ...fields, ...Object.fromEntries(missing.map((field) => [field, UNKNOWN])) };
}

interface FieldInputsProps {
  readonly fields: ReportFields;
  readonly required: ReportDraft['required'];
  readonly onChange: (fields: ReportFields) => void;
}

function FieldInputs({ fields, required, onChange }: FieldInputsProps): ReactElement {
  return (
    <div className="report-fields">
      {REPORT_FIELDS.map((field) => (
        <label key={field}>
          <span className="form-label">
            {REPORT_FIELD_TEXT[field]}
            {required.includes(field) && <span aria-hidden> *</span>}
          </span>
          <Input.TextArea
            autoSize={{ minRows: 1, maxRows: 8 }}
            maxLength={2000}
            aria-required={required.includes(field)}
            value={fields[field]}
            onChange={({ target }) => onChange({ ...fields, [field]: target.value })}
          />
        </label>
      ))}
    </div>
  );
}

/** Big enough to be read out. */
function ReadingCard({
  stage,
  fields,
}: {
  readonly stage: string;
  readonly fields: ReportFields;
}): ReactElement {
  return (
    <div className="reading-card">
      <p className="quiet">{REPORT_TEXT.calling}</p>
      <p>{stage}：</p>
      {REPORT_FIELDS.map((field) => (
        <p key={field}>
          {REPORT_FIELD_TEXT[field]}，{fields[field].trim() === '' ? UNKNOWN : fields[field]}。
        </p>
      ))}
    </div>
  );
}

interface Call {
  readonly outcome: 'reached' | 'no-answer';
  readonly takenBy: string;
}

interface CallFieldsProps {
  readonly call: Call;
  readonly onChange: (call: Call) => void;
}

function CallFields({ call, onChange }: CallFieldsProps): ReactElement {
  return (
    <>
      <Segmented<Call['outcome']>
        block
        size="large"
        aria-label={REPORT_TEXT.calling}
        value={call.outcome}
        onChange={(outcome) => onChange({ ...call, outcome })}
        options={[
          { value: 'reached', label: REPORT_TEXT.reached },
          { value: 'no-answer', label: REPORT_TEXT.noAnswer },
        ]}
      />
      {call.outcome === 'reached' && (
        <label>
          <span className="form-label">{REPORT_TEXT.takenBy}</span>
          <Input
            required
            maxLength={60}
            value={call.takenBy}
            onChange={({ target }) => onChange({ ...call, takenBy: target.value })}
          />
        </label>
      )}
    </>
  );
}
