import { SERVICE_KIND_TEXT, SERVICE_KINDS, SERVICE_SUBJECTS, type ServiceKind } from '#model/monitoring';
import { Button, Checkbox, Drawer, Input, Segmented } from 'antd';
import { type ReactElement, useId, useState } from 'react';

import { momentOf } from '../../app/beijing-input.ts';
import { MomentSpan, newSpan, type Span } from '../moment-span.tsx';
import { ObjectChoice } from '../object-choice.tsx';
import { ReasonField } from '../reason-form.tsx';
import { Failure } from '../states.tsx';
import { useMakeWindow } from './queries.ts';
import { SERVICE_TEXT } from './text.ts';

const HOUR_MS = 3_600_000;
type Subject = (typeof SERVICE_SUBJECTS)[number];

interface Draft {
  readonly kind: ServiceKind;
  readonly subjectKind: Subject;
  readonly subject: string;
  readonly sign: string;
  readonly owner: string;
  readonly reason: string;
  readonly untilNotice: boolean;
}

interface ServiceFormProps {
  readonly open: boolean;
  /** What it is opened for; of 停用 only, the other kinds are not offered. */
  readonly onlyOut: boolean;
  readonly onClose: () => void;
}

/** Announces that something is out of service, being serviced or calibrated. */
export function ServiceForm({ open, onlyOut, onClose }: ServiceFormProps): ReactElement {
  return (
    <Drawer
      open={open}
      onClose={onClose}
      title={onlyOut ? SERVICE_TEXT.outTitle : SERVICE_TEXT.make}
      size="min(480px, 100vw)"
      destroyOnHidden
    >
      <Fields onlyOut={onlyOut} onDone={onClose} />
    </Drawer>
  );
}

function blank(onlyOut: boolean): Draft {
  return {
    kind: onlyOut ? 'out-of-service' : 'maintenance',
    subjectKind: onlyOut ? 'object' : 'device',
    subject: '',
    sign: '',
    owner: '',
    reason: '',
    untilNotice: false,
  };
}

function Fields({
  onlyOut,
  onDone,
}: {
  readonly onlyOut: boolean;
  readonly onDone: () => void;
}): ReactElement {
  const [draft, setDraft] = useState(() => blank(onlyOut));
  const [span, setSpan] = useState(() => newSpan(Date.now(), 2 * HOUR_MS));
  const make = useMakeWindow();
  const set = (change: Partial<Draft>): void => setDraft({ ...draft, ...change });
  const body = bodyOf(draft, span);
  return (
    <form
      className="reason-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (body) make.mutate(body, { onSuccess: onDone });
      }}
    >
      {!onlyOut && (
        <Segmented
          value={draft.kind}
          onChange={(kind) => set({ kind })}
          options={SERVICE_KINDS.map((value) => ({ value, label: SERVICE_KIND_TEXT[value] }))}
          aria-label={SERVICE_TEXT.kind}
        />
      )}
      <SubjectFields draft={draft} set={set} />
      {draft.kind === 'out-of-service' && (
        <Checkbox checked={draft.untilNotice} onChange={({ target }) => set({ untilNotice: target.checked })}>
          {SERVICE_TEXT.untilNotice}
        </Checkbox>
      )}
      <MomentSpan span={span} onChange={setSpan} open={isOpenEnded(draft)} />
      <ReasonField label={SERVICE_TEXT.reason} value={draft.reason} onChange={(reason) => set({ reason })} />
      {!body && <p role="alert">{SERVICE_TEXT.badMoment}</p>}
      {make.error && <Failure error={make.error} />}
      <Button
        type="primary"
        htmlType="submit"
        loading={make.isPending}
        disabled={draft.subject.trim() === ''}
      >
        {SERVICE_TEXT.save}
      </Button>
    </form>
  );
}

const isOpenEnded = ({ kind, untilNotice }: Draft): boolean => kind === 'out-of-service' && untilNotice;

function SubjectFields({
  draft,
  set,
}: {
  readonly draft: Draft;
  readonly set: (change: Partial<Draft>) => void;
}): ReactElement {
  const id = useId();
  const { kind, subjectKind, subject, sign, owner } = draft;
  return (
    <>
      <Segmented<Subject>
        value={subjectKind}
        onChange={(next) => set({ subjectKind: next, subject: '' })}
        options={SERVICE_SUBJECTS.toReversed().map((value) => ({
          value,
          label: SERVICE_TEXT.subjects[value],
        }))}
        aria-label={SERVICE_TEXT.subject}
      />
      <label htmlFor={`${id}s`}>
        {SERVICE_TEXT.codes[subjectKind]}
        {subjectKind === 'object' ? (
          <ObjectChoice
            id={`${id}s`}
            value={subject || undefined}
            onChange={(code) => set({ subject: code ?? '' })}
          />
        ) : (
          <Input
            id={`${id}s`}
            required
            maxLength={200}
            value={subject}
            onChange={({ target }) => set({ subject: target.value })}
          />
        )}
      </label>
      {kind === 'out-of-service' && (
        <>
          {subjectKind !== 'device' && (
            <label htmlFor={`${id}g`}>
              {SERVICE_TEXT.sign}
              <Input
                id={`${id}g`}
                maxLength={60}
                value={sign}
                onChange={({ target }) => set({ sign: target.value })}
              />
            </label>
          )}
          <label htmlFor={`${id}o`}>
            {SERVICE_TEXT.owner}
            <Input
              id={`${id}o`}
              required
              minLength={2}
              maxLength={60}
              value={owner}
              onChange={({ target }) => set({ owner: target.value })}
            />
          </label>
        </>
      )}
    </>
  );
}

/** What is sent; undefined while the moments are not whole. */
function bodyOf(draft: Draft, span: Span) {
  const from = momentOf(span.from);
  const to = momentOf(span.to);
  const { kind, subjectKind, subject, reason } = draft;
  const openEnded = isOpenEnded(draft);
  if (from === null || (!openEnded && to === null)) return undefined;
  const sign = subjectKind === 'device' ? '' : draft.sign.trim();
  return {
    kind,
    [subjectKind]: subject.trim(),
    reason: reason.trim(),
    from,
    ...(openEnded || to === null ? {} : { to }),
    ...(kind === 'out-of-service' ? { owner: draft.owner.trim(), ...(sign === '' ? {} : { sign }) } : {}),
  };
}
