import { Button, Drawer, Input, InputNumber, Segmented } from 'antd';
import { type ReactElement, useState } from 'react';

import { Failure } from '../../../ui/states.tsx';
import { momentOf } from '../../../app/beijing-input.ts';
import { MomentSpan, newSpan } from '../../../ui/moment-span.tsx';
import { useMakeCorrection } from './queries.ts';
import { REPAIR_TEXT } from './text.ts';

const HOUR_MS = 3_600_000;
const KINDS = [
  { value: 'bad' as const, label: REPAIR_TEXT.bad },
  { value: 'correct' as const, label: '倍率与偏移' },
];

interface Draft {
  readonly point: string;
  readonly kind: 'bad' | 'correct';
  readonly scale: number;
  readonly shift: number;
  readonly reason: string;
}
const BLANK: Draft = { point: '', kind: 'bad', scale: 1, shift: 0, reason: '' };

/** Declares a stretch of readings bad, or corrects them. */
export function CorrectionForm({
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
      title={REPAIR_TEXT.makeCorrection}
      size="min(480px, 100vw)"
      destroyOnHidden
    >
      <Fields onDone={onClose} />
    </Drawer>
  );
}

function Fields({ onDone }: { readonly onDone: () => void }): ReactElement {
  const [draft, setDraft] = useState(BLANK);
  const [span, setSpan] = useState(() => newSpan(Date.now() - HOUR_MS, HOUR_MS));
  const make = useMakeCorrection();
  const set = (change: Partial<Draft>): void => setDraft({ ...draft, ...change });
  const from = momentOf(span.from);
  const to = momentOf(span.to);
  const numbers = draft.kind === 'bad' ? {} : { scale: draft.scale, shift: draft.shift };
  const send = (): void => {
    if (from === null || to === null) return;
    const { point, kind, reason } = draft;
    make.mutate({ point: point.trim(), kind, reason, from, to, ...numbers }, { onSuccess: onDone });
  };
  return (
    <form
      className="repair-form"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <label>
        {REPAIR_TEXT.point}
        <Input
          required
          maxLength={200}
          value={draft.point}
          onChange={({ target }) => set({ point: target.value })}
        />
      </label>
      <Segmented
        value={draft.kind}
        onChange={(kind) => set({ kind })}
        options={KINDS}
        aria-label={REPAIR_TEXT.kind}
      />
      {draft.kind === 'correct' && (
        <>
          <label>
            {REPAIR_TEXT.scale}
            <InputNumber value={draft.scale} onChange={(scale) => set({ scale: scale ?? 1 })} />
          </label>
          <label>
            {REPAIR_TEXT.shift}
            <InputNumber value={draft.shift} onChange={(shift) => set({ shift: shift ?? 0 })} />
          </label>
        </>
      )}
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
