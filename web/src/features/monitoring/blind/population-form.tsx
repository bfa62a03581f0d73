import type { Population } from '#contract/platform';
import { Input, InputNumber, Modal } from 'antd';
import { type ReactElement, type ReactNode, useId, useState } from 'react';

import { Failure } from '../../../ui/states.tsx';
import { bodyOf, draftOf, type PopulationDraft } from './population-draft.ts';
import { usePutPopulation } from './queries.ts';
import { BLIND_TEXT } from './text.ts';

interface PopulationFormProps {
  readonly town: { readonly code: string; readonly name: string };
  readonly held: Population | undefined;
  readonly onClose: () => void;
}

/** The people of one town by hand. */
export function PopulationForm({ town, held, onClose }: PopulationFormProps): ReactElement {
  const [draft, setDraft] = useState(() => draftOf(held));
  const put = usePutPopulation(onClose);
  const body = bodyOf(draft);
  const set = (change: Partial<PopulationDraft>): void => setDraft({ ...draft, ...change });
  return (
    <Modal
      open
      title={BLIND_TEXT.fillTitle(town.name)}
      okText={BLIND_TEXT.save}
      cancelText={BLIND_TEXT.cancel}
      okButtonProps={{ disabled: !body, loading: put.isPending }}
      onOk={() => body && put.mutate({ town: town.code, ...body, ...(held && { version: held.version }) })}
      onCancel={onClose}
    >
      <div className="population-form">
        <Count
          label={BLIND_TEXT.residents}
          value={draft.residents}
          onChange={(residents) => set({ residents })}
        />
        <Count
          label={BLIND_TEXT.workersOptional}
          value={draft.workers}
          onChange={(workers) => set({ workers })}
        />
        <Labelled label={BLIND_TEXT.source} hint={BLIND_TEXT.sourceHint}>
          {(id) => (
            <Input
              id={id}
              maxLength={200}
              value={draft.source}
              onChange={({ target }) => set({ source: target.value })}
            />
          )}
        </Labelled>
        <Labelled label={BLIND_TEXT.asOf}>
          {(id) => (
            <Input
              id={id}
              type="date"
              value={draft.asOf}
              onChange={({ target }) => set({ asOf: target.value })}
            />
          )}
        </Labelled>
        {put.error && <Failure error={put.error} />}
      </div>
    </Modal>
  );
}

interface LabelledProps {
  readonly label: string;
  readonly hint?: string;
  readonly children: (id: string) => ReactNode;
}

function Labelled({ label, hint, children }: LabelledProps): ReactElement {
  const id = useId();
  return (
    <div>
      <label htmlFor={id}>{label}</label>
      {children(id)}
      {hint !== undefined && <p className="quiet">{hint}</p>}
    </div>
  );
}

interface CountProps {
  readonly label: string;
  readonly value: number | null;
  readonly onChange: (value: number | null) => void;
}

function Count({ label, value, onChange }: CountProps): ReactElement {
  return (
    <Labelled label={label}>
      {(id) => (
        <InputNumber
          id={id}
          min={0}
          precision={0}
          value={value}
          onChange={onChange}
          style={{ width: '100%' }}
        />
      )}
    </Labelled>
  );
}
