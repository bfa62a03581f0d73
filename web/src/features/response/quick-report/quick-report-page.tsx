import { ArrowLeftOutlined } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import { Alert, Button, Input } from 'antd';
import { type ReactElement, useEffect, useState } from 'react';

import { randomKey } from '../../../app/random-key.ts';
import { isHand, useSession } from '../../../app/session.ts';
import { PageHead } from '../../../ui/page-head.tsx';
import { withPhrase } from '../phrases.ts';
import { StoreNote } from '../queue/store-note.tsx';
import { startQueue } from '../queue/work-queue.ts';
import { TEXT as WORK_TEXT } from '../text.ts';
import kinds from './kinds.json' with { type: 'json' };
import { MyReports } from './my-reports.tsx';
import { PictureField } from './picture-field.tsx';
import { PlaceField } from './place-field.tsx';
import { EMPTY_REPORT, missingOfReport } from './quick-report-draft.ts';
import { TEXT } from './text.ts';
import { useQuickReport } from './use-quick-report.ts';
import { useReportDraft } from './use-report-draft.ts';
import '../work.css';
import '../todo.css';
import './quick-report.css';

/** 随手报: what, where, a word and a picture, by tapping; and what became of what one has reported. */
export function QuickReportPage(): ReactElement {
  useOwnQueue();
  return (
    <div className="todo quick-report">
      <Link to="/todo" className="todo-back">
        <ArrowLeftOutlined aria-hidden /> {WORK_TEXT.todo}
      </Link>
      <PageHead title={TEXT.title} hint={TEXT.hint} />
      <StoreNote />
      <ReportForm />
      <MyReports />
    </div>
  );
}

/** Of a hand the queue runs wherever he is; of everybody else while they are here. */
function useOwnQueue(): void {
  const session = useSession();
  const account = session && !isHand(session) ? session.user.username : undefined;
  useEffect(() => (account === undefined ? undefined : startQueue(account)), [account]);
}

function ReportForm(): ReactElement {
  const likely = [...new Set(useSession()?.roles.map(({ platformName }) => platformName))];
  const { draft, change, release } = useReportDraft();
  // One report by one key, however often it has to be pressed.
  const [key, setKey] = useState(randomKey);
  const sending = useQuickReport((handed) => {
    release(handed);
    setKey(randomKey());
  });
  const missing = missingOfReport(draft);
  const phrases = kinds.find(({ kind }) => kind === draft.kind)?.phrases ?? [];
  return (
    <form
      className="panel quick-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (missing.length === 0) sending.mutate({ draft, key });
      }}
    >
      <p className="quiet">{TEXT.danger}</p>
      <Kinds chosen={draft.kind} onChoose={(kind) => change({ kind })} />
      <label className="field">
        {TEXT.words}
        <Input.TextArea
          autoSize={{ minRows: 2, maxRows: 6 }}
          maxLength={1000}
          value={draft.text}
          placeholder={TEXT.wordsHint}
          onChange={({ target }) => change({ text: target.value })}
        />
      </label>
      <Phrases phrases={phrases} text={draft.text} onChange={(text) => change({ text })} />
      <PictureField draft={draft} change={change} />
      <PlaceField key={sending.submittedAt} draft={draft} change={change} likely={likely} />
      {sending.error && <Alert type="error" showIcon role="alert" title={sending.error.message} />}
      {sending.data && <Alert type="success" showIcon role="status" title={sending.data} />}
      <div className="quick-foot">
        <small className="quiet" role="status">
          {draft !== EMPTY_REPORT && missing.length > 0 && `${TEXT.needs}${missing.join('、')}`}
        </small>
        <Button type="primary" htmlType="submit" disabled={missing.length > 0} loading={sending.isPending}>
          {TEXT.send}
        </Button>
      </div>
    </form>
  );
}

function Kinds(props: { readonly chosen: string; readonly onChoose: (kind: string) => void }): ReactElement {
  return (
    <fieldset className="field">
      <legend>{TEXT.kind}</legend>
      <div className="quick-kinds">
        {kinds.map(({ kind }) => (
          <label key={kind} className="quick-kind">
            <input
              type="radio"
              name="kind"
              checked={props.chosen === kind}
              onChange={() => props.onChoose(kind)}
            />
            {kind}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function Phrases(props: {
  readonly phrases: readonly string[];
  readonly text: string;
  readonly onChange: (text: string) => void;
}): ReactElement | null {
  const left = props.phrases.filter((phrase) => !props.text.includes(phrase));
  if (left.length === 0) return null;
  return (
    <div className="phrases" role="group" aria-label={TEXT.phrases}>
      {left.map((phrase) => (
        <button
          key={phrase}
          type="button"
          className="plain-button"
          onClick={() => props.onChange(withPhrase(props.text, phrase))}
        >
          {phrase}
        </button>
      ))}
    </div>
  );
}
