import { Button, Drawer, Input, Segmented } from 'antd';
import { type ReactElement, useState } from 'react';

import { Failure } from '../../../ui/states.tsx';
import { momentOf } from '../../../app/beijing-input.ts';
import { MomentSpan, newSpan } from './moment-span.tsx';
import { useMakeWindow } from './queries.ts';
import { REPAIR_TEXT } from './text.ts';

const HOUR_MS = 3_600_000;
const KINDS = [
  { value: 'maintenance' as const, label: REPAIR_TEXT.maintenance },
  { value: 'calibration' as const, label: REPAIR_TEXT.calibration },
];
const SUBJECTS = [
  { value: 'device' as const, label: REPAIR_TEXT.device },
  { value: 'point' as const, label: REPAIR_TEXT.point },
];

interface Draft {
  readonly kind: 'maintenance' | 'calibration';
  readonly subjectKind: 'device' | 'point';
  readonly subject: string;
  readonly reason: string;
}
const BLANK: Draft = { kind: 'maintenance', subjectKind: 'device', subject: '', reason: '' };

/** Announces that a device or a point is being serviced or calibrated. */
export function WindowForm({
  open,
  onClose,
}: {
  readonly open: boolean;
  readonly onClose: () => void;
}): ReactElement {
  return (
    <Drawer
      open={open}
      onClose={onClose}
      title={REPAIR_TEXT.makeWindow}
      size="min(480px, 100vw)"
      destroyOnHidden
    >
      <Fields onDone={onClose} />
    </Drawer>
  );
}

function Fields({ onDone }: { readonly onDone: () => void }): ReactElement {
  const [draft, setDraft] = useState(BLANK);
  const [span, setSpan] = useState(() => newSpan(Date.now(), 2 * HOUR_MS));
  const make = useMakeWindow();
  const set = (change: Partial<Draft>): void => setDraft({ ...draft, ...change });
  const from = momentOf(span.from);
  const to = momentOf(span.to);
  const send = (): void => {
    if (from === null || to === null) return;
    const { kind, subjectKind, subject, reason } = draft;
    make.mutate({ kind, [subjectKind]: subject.trim(), reason, from, to }, { onSuccess: onDone });
  };
  return (
    <form
      className="repair-form"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Segmented
        value={draft.kind}
        onChange={(kind) => set({ kind })}
        options={KINDS}
        aria-label={REPAIR_TEXT.kind}
      />
      <Segmented
        value={draft.subjectKind}
        onChange={(subjectKind) => set({ subjectKind })}
        options={SUBJECTS}
        aria-label={REPAIR_TEXT.subject}
      />
      <label>
        {draft.subjectKind === 'device' ? REPAIR_TEXT.device : REPAIR_TEXT.point}
        <Input
          required
          maxLength={200}
          value={draft.subject}
          onChange={({ target }) => set({ subject: target.value })}
        />
      </label>
      <MomentSpan span={span} onChange={setSpan} />
      <label>
        {REPAIR_TEXT.reason}
        <Input
          required
          minLength={2}
          maxLength={200}
          value={draft.reason}
          onChange={({ target }) => set({ reason: target.value })}
        />
      </label>
      {(from === null || to === null) && <p role="alert">{REPAIR_TEXT.badMoment}</p>}
      {make.error && <Failure error={make.error} />}
      <Button type="primary" htmlType="submit" loading={make.isPending}>
        {REPAIR_TEXT.save}
      </Button>
    </form>
  );
}
