import { type FaultDetail, operationsRoutes } from '#contract/operations';
import {
  FAULT_KIND_RULES,
  FAULT_SUBJECT_TEXT,
  FAULT_SUBJECTS,
  type FaultSubjectKind,
  REPORTED_KINDS,
  type ReportedKind,
} from '#model/operations';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Drawer, Input, Select } from 'antd';
import { type ReactElement, useId, useState } from 'react';

import { call } from '../../app/call.ts';
import { Failure } from '../../ui/states.tsx';
import { KEY_HINT, REPORT, TEXT } from './text.ts';

interface ReportDrawerProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onReported: (fault: FaultDetail) => void;
}

/** 报修: a person tells what is broken. */
export function ReportDrawer({ open, onClose, onReported }: ReportDrawerProps): ReactElement {
  return (
    <Drawer open={open} onClose={onClose} size="min(520px, 100vw)" title={REPORT.title} destroyOnHidden>
      <ReportForm onCancel={onClose} onReported={onReported} />
    </Drawer>
  );
}

interface Draft {
  readonly subjectKind: FaultSubjectKind;
  readonly key: string;
  readonly kind: ReportedKind;
  readonly summary: string;
}

function ReportForm({
  onCancel,
  onReported,
}: {
  readonly onCancel: () => void;
  readonly onReported: (fault: FaultDetail) => void;
}): ReactElement {
  const id = useId();
  const client = useQueryClient();
  const [draft, setDraft] = useState<Draft>({ subjectKind: 'device', key: '', kind: 'damaged', summary: '' });
  const [incomplete, setIncomplete] = useState(false);
  const reporting = useMutation({
    mutationFn: ({ subjectKind, key, kind, summary }: Draft) =>
      call(operationsRoutes.reportFault, {
        body: { subject: { kind: subjectKind, key: key.trim() }, kind, summary: summary.trim() },
      }),
    onSuccess: (fault) => {
      void client.invalidateQueries({ queryKey: ['operations'] });
      onReported(fault);
    },
  });
  return (
    <form
      className="fault-form"
      onSubmit={(event) => {
        event.preventDefault();
        const lacks = draft.key.trim() === '' || draft.summary.trim() === '';
        setIncomplete(lacks);
        if (!lacks) reporting.mutate(draft);
      }}
    >
      <label htmlFor={`${id}-subject`}>{REPORT.subjectKind}</label>
      <Select<FaultSubjectKind>
        id={`${id}-subject`}
        value={draft.subjectKind}
        onChange={(subjectKind) => setDraft({ ...draft, subjectKind })}
        options={FAULT_SUBJECTS.map((value) => ({ value, label: FAULT_SUBJECT_TEXT[value] }))}
      />
      <label htmlFor={`${id}-key`}>{REPORT.key}</label>
      <Input
        id={`${id}-key`}
        maxLength={200}
        placeholder={KEY_HINT[draft.subjectKind]}
        value={draft.key}
        onChange={({ target }) => setDraft({ ...draft, key: target.value })}
      />
      <label htmlFor={`${id}-kind`}>{REPORT.kind}</label>
      <Select<ReportedKind>
        id={`${id}-kind`}
        value={draft.kind}
        onChange={(kind) => setDraft({ ...draft, kind })}
        options={REPORTED_KINDS.map((value) => ({ value, label: FAULT_KIND_RULES[value].text }))}
      />
      <label htmlFor={`${id}-summary`}>{REPORT.summary}</label>
      <Input.TextArea
        id={`${id}-summary`}
        rows={4}
        maxLength={1000}
        placeholder={REPORT.summaryPlaceholder}
        value={draft.summary}
        onChange={({ target }) => setDraft({ ...draft, summary: target.value })}
      />
      {incomplete && (
        <p role="alert" className="fault-missing">
          {REPORT.missing}
        </p>
      )}
      {reporting.error && <Failure error={reporting.error} />}
      <div className="fault-buttons">
        <Button type="primary" htmlType="submit" loading={reporting.isPending}>
          {reporting.isPending ? TEXT.sending : REPORT.send}
        </Button>
        <Button onClick={onCancel}>{TEXT.cancel}</Button>
      </div>
    </form>
  );
}
