import type { ShelfTarget, WarningDetail } from '#contract/warning';
import {
  type Level,
  LEVEL_TEXT,
  LEVELS,
  SHELF_REASON_TEXT,
  SHELF_REASONS,
  type ShelfReason,
} from '#model/warning';
import { Button, Drawer, Input, Select } from 'antd';
import { type ReactElement, useId, useState } from 'react';

import { useCan } from '../../../app/session.ts';
import { Failure } from '../../../ui/states.tsx';
import { useShelve } from './queries.ts';
import { SHELF_TEXT } from './text.ts';
import './shelves.css';

/** “搁置…” of a warning, for whoever may; nothing where it is over, or put aside already. */
export function ShelveButton({ warning }: { readonly warning: WarningDetail }): ReactElement | null {
  const may = useCan('warning.shelve');
  const [open, setOpen] = useState(false);
  if (!may || warning.state !== 'open' || warning.hold?.state === 'shelved') return null;
  return (
    <>
      <Button onClick={() => setOpen(true)}>{SHELF_TEXT.shelve}</Button>
      <Drawer
        open={open}
        onClose={() => setOpen(false)}
        title={SHELF_TEXT.title}
        size="min(480px, 100vw)"
        destroyOnHidden
      >
        <ShelveForm warning={warning} onDone={() => setOpen(false)} />
      </Drawer>
    </>
  );
}

interface Subject {
  readonly key: string;
  readonly label: string;
  readonly target: ShelfTarget;
}

/** What may be put aside of a warning, the narrowest first. */
function subjectsOf({ object, item, evidence }: WarningDetail): readonly Subject[] {
  const signs = evidence
    .filter(({ level }) => level !== null)
    .map(({ sign, point }): Subject => ({
      key: `${point.code} ${sign.code}`,
      label: SHELF_TEXT.ofSign(sign.name, point.code),
      target: { scope: 'sign', point: point.code, sign: sign.code },
    }));
  return [
    ...signs,
    {
      key: 'item',
      label: SHELF_TEXT.ofItem(item.name),
      target: { scope: 'item', object: object.id, item: item.code },
    },
    { key: 'object', label: SHELF_TEXT.whole(object.name), target: { scope: 'object', object: object.id } },
  ];
}

interface Draft {
  readonly subject: string;
  readonly level: Level;
  readonly minutes: string;
  readonly reasonKind: ShelfReason;
  readonly reason: string;
}

function ShelveForm({
  warning,
  onDone,
}: {
  readonly warning: WarningDetail;
  readonly onDone: () => void;
}): ReactElement {
  const id = useId();
  const subjects = subjectsOf(warning);
  const [draft, setDraft] = useState<Draft>({
    subject: 'item',
    level: warning.level,
    minutes: '30',
    reasonKind: 'known-fault',
    reason: '',
  });
  const shelve = useShelve();
  const set = (change: Partial<Draft>): void => setDraft({ ...draft, ...change });
  const send = (): void => {
    const target = subjects.find(({ key }) => key === draft.subject)?.target;
    if (!target) return;
    const { level, minutes, reasonKind, reason } = draft;
    shelve.mutate(
      { target, level, minutes: Number(minutes), reasonKind, reason: reason.trim() },
      { onSuccess: onDone },
    );
  };
  return (
    <form
      className="reason-form"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <p className="quiet">{draft.level === 'red' ? SHELF_TEXT.redEffect : SHELF_TEXT.effect}</p>
      <label htmlFor={`${id}s`}>
        {SHELF_TEXT.scope}
        <Select
          id={`${id}s`}
          value={draft.subject}
          onChange={(subject) => set({ subject })}
          options={subjects.map(({ key, label }) => ({ value: key, label }))}
        />
      </label>
      <label htmlFor={`${id}l`}>
        {SHELF_TEXT.level}
        <Select
          id={`${id}l`}
          value={draft.level}
          onChange={(level) => set({ level })}
          options={LEVELS.map((level) => ({ value: level, label: LEVEL_TEXT[level] }))}
        />
      </label>
      <label htmlFor={`${id}m`}>
        {SHELF_TEXT.minutes}
        <Input
          id={`${id}m`}
          type="number"
          min={1}
          max={1440}
          required
          value={draft.minutes}
          onChange={({ target }) => set({ minutes: target.value })}
        />
      </label>
      <label htmlFor={`${id}k`}>
        {SHELF_TEXT.reasonKind}
        <Select
          id={`${id}k`}
          value={draft.reasonKind}
          onChange={(reasonKind) => set({ reasonKind })}
          options={SHELF_REASONS.map((kind) => ({ value: kind, label: SHELF_REASON_TEXT[kind] }))}
        />
      </label>
      <label htmlFor={`${id}r`}>
        {SHELF_TEXT.reason}
        <Input
          id={`${id}r`}
          required
          minLength={2}
          maxLength={200}
          value={draft.reason}
          onChange={({ target }) => set({ reason: target.value })}
        />
      </label>
      {shelve.error && <Failure error={shelve.error} />}
      <Button type="primary" htmlType="submit" loading={shelve.isPending}>
        {draft.level === 'red' ? SHELF_TEXT.propose : SHELF_TEXT.send}
      </Button>
    </form>
  );
}
