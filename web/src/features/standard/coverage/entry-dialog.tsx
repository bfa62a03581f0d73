import { type LedgerEntry, ledgerRoutes } from '#contract/platform';
import { InputNumber, Modal } from 'antd';
import { type ReactElement, useId, useState } from 'react';

import { Failure } from '../../../ui/states.tsx';
import { Field } from '../draft/field.tsx';
import { TEXT } from '../text.ts';
import { draftOf, type EntryDraft, factsOf, isNamed } from './entry-draft.ts';
import { KindSelect } from './kind-select.tsx';
import { useCoverageAct } from './queries.ts';
import { COVERAGE_TEXT, LEDGER_TEXT } from './text.ts';
import { TextField } from './text-field.tsx';
import { TownSelect } from './town-select.tsx';

interface EntryDialogProps {
  /** The line that is changed; a new one without. */
  readonly entry: LedgerEntry | undefined;
  readonly scenario: string | undefined;
  readonly onClose: () => void;
}

/** One line of the ledger by hand: a figure, or one object by its name. */
export function EntryDialog({ entry, scenario, onClose }: EntryDialogProps): ReactElement {
  const [draft, setDraft] = useState(() => draftOf(entry));
  const creating = useCoverageAct(ledgerRoutes.createLedgerEntry, onClose);
  const updating = useCoverageAct(ledgerRoutes.updateLedgerEntry, onClose);
  const set = (change: Partial<EntryDraft>): void => setDraft({ ...draft, ...change });
  const facts = factsOf(draft);
  const { kind, town, name } = draft;
  const send = (): void => {
    if (!facts || kind === undefined || town === undefined) return;
    if (entry) updating.mutate({ params: { id: entry.id }, body: { version: entry.version, ...facts } });
    else creating.mutate({ body: { kind, town, ...(isNamed(draft) && { name: name.trim() }), ...facts } });
  };
  const error = creating.error ?? updating.error;
  return (
    <Modal
      open
      title={entry ? LEDGER_TEXT.editTitle : LEDGER_TEXT.addTitle}
      okText={COVERAGE_TEXT.save}
      cancelText={TEXT.cancel}
      okButtonProps={{
        disabled: !facts || kind === undefined || town === undefined,
        loading: creating.isPending || updating.isPending,
      }}
      onOk={send}
      onCancel={onClose}
    >
      <div className="standard-form">
        {entry === undefined && <Line draft={draft} scenario={scenario} set={set} />}
        <Facts draft={draft} set={set} />
        {error && <Failure error={error} />}
      </div>
    </Modal>
  );
}

interface PartProps {
  readonly draft: EntryDraft;
  readonly set: (change: Partial<EntryDraft>) => void;
}

/** What a line is known by; it does not change afterwards. */
function Line({ draft, scenario, set }: PartProps & { readonly scenario: string | undefined }): ReactElement {
  const id = useId();
  return (
    <>
      <Field id={`${id}k`} label={LEDGER_TEXT.kind}>
        <KindSelect id={`${id}k`} scenario={scenario} value={draft.kind} onChange={(kind) => set({ kind })} />
      </Field>
      <Field id={`${id}t`} label={LEDGER_TEXT.town}>
        <TownSelect id={`${id}t`} value={draft.town} onChange={(town) => set({ town })} />
      </Field>
      <TextField
        label={LEDGER_TEXT.name}
        longest={200}
        value={draft.name}
        onChange={(name) => set({ name })}
      />
    </>
  );
}

function Facts({ draft, set }: PartProps): ReactElement {
  const id = useId();
  const { object, quantity, source, asOf, note } = draft;
  return (
    <>
      {isNamed(draft) ? (
        <TextField
          label={LEDGER_TEXT.object}
          longest={64}
          value={object}
          onChange={(next) => set({ object: next })}
        />
      ) : (
        <Field id={id} label={LEDGER_TEXT.quantity}>
          <InputNumber
            id={id}
            min={0}
            precision={0}
            value={quantity}
            onChange={(next) => set({ quantity: next })}
          />
        </Field>
      )}
      <TextField
        label={LEDGER_TEXT.source}
        hint={LEDGER_TEXT.sourceHint}
        longest={200}
        value={source}
        onChange={(next) => set({ source: next })}
      />
      <TextField label={LEDGER_TEXT.asOf} type="date" value={asOf} onChange={(next) => set({ asOf: next })} />
      <TextField
        label={LEDGER_TEXT.note}
        longest={500}
        value={note}
        onChange={(next) => set({ note: next })}
      />
    </>
  );
}
