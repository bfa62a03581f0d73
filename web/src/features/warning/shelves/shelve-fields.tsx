import { type Level, LEVEL_TEXT, SHELF_REASON_TEXT, SHELF_REASONS, type ShelfReason } from '#model/warning';
import { Select } from 'antd';
import { type ReactElement, useId } from 'react';

import { MinutesField, ReasonField } from '../../../ui/reason-form.tsx';
import { SHELF_TEXT } from './text.ts';

/** How far, how long and why something is put aside, as it is being written. */
export interface ShelfDraft<Of extends Level = Level> {
  readonly level: Of;
  readonly minutes: string;
  readonly reasonKind: ShelfReason;
  readonly reason: string;
}

export function newShelf<Of extends Level>(level: Of): ShelfDraft<Of> {
  return { level, minutes: '30', reasonKind: 'known-fault', reason: '' };
}

/** What is sent of it. */
export function shelfBody<Of extends Level>({ level, minutes, reasonKind, reason }: ShelfDraft<Of>) {
  return { level, minutes: Number(minutes), reasonKind, reason: reason.trim() };
}

interface ShelveFieldsProps<Of extends Level> {
  readonly draft: ShelfDraft<Of>;
  readonly onChange: (draft: ShelfDraft<Of>) => void;
  /** Those that may be chosen. */
  readonly levels: readonly Of[];
}

/** The fields of a shelf, for one warning or for many. */
export function ShelveFields<Of extends Level>({
  draft,
  onChange,
  levels,
}: ShelveFieldsProps<Of>): ReactElement {
  const id = useId();
  const set = (change: Partial<ShelfDraft<Of>>): void => onChange({ ...draft, ...change });
  return (
    <>
      <label htmlFor={`${id}l`}>
        {SHELF_TEXT.level}
        <Select
          id={`${id}l`}
          value={draft.level}
          onChange={(level) => set({ level })}
          options={levels.map((level) => ({ value: level, label: LEVEL_TEXT[level] }))}
        />
      </label>
      <MinutesField value={draft.minutes} onChange={(minutes) => set({ minutes })} />
      <label htmlFor={`${id}k`}>
        {SHELF_TEXT.reasonKind}
        <Select
          id={`${id}k`}
          value={draft.reasonKind}
          onChange={(reasonKind) => set({ reasonKind })}
          options={SHELF_REASONS.map((kind) => ({ value: kind, label: SHELF_REASON_TEXT[kind] }))}
        />
      </label>
      <ReasonField value={draft.reason} onChange={(reason) => set({ reason })} />
    </>
  );
}
