import { ledgerRoutes, type ObjectKind } from '#contract/platform';
import { useQuery } from '@tanstack/react-query';
import { Modal, Select } from 'antd';
import { type ReactElement, useId, useState } from 'react';

import { Failure } from '../../../ui/states.tsx';
import { Field } from '../draft/field.tsx';
import { elementsQuery } from '../queries.ts';
import { TEXT } from '../text.ts';
import { TextField } from './text-field.tsx';
import { useCoverageAct } from './queries.ts';
import { COVERAGE_TEXT, LEDGER_TEXT } from './text.ts';

const NOTHING: Pick<ObjectKind, 'name' | 'elements' | 'basis'> = { name: '', elements: [], basis: '' };

interface KindDialogProps {
  readonly kind: ObjectKind | undefined;
  readonly scenario: string;
  readonly onClose: () => void;
}

/** A kind of object: its name and the elements it must have. */
export function KindDialog({ kind, scenario, onClose }: KindDialogProps): ReactElement {
  const id = useId();
  const begun = kind ?? NOTHING;
  const known = useQuery(elementsQuery(scenario));
  const [name, setName] = useState(begun.name);
  const [elements, setElements] = useState<string[]>(begun.elements.map(({ code }) => code));
  const [basis, setBasis] = useState(begun.basis);
  const creating = useCoverageAct(ledgerRoutes.createObjectKind, onClose);
  const updating = useCoverageAct(ledgerRoutes.updateObjectKind, onClose);
  const facts = { name: name.trim(), elements, basis: basis.trim() };
  const error = creating.error ?? updating.error;
  return (
    <Modal
      open
      title={kind ? LEDGER_TEXT.editKind : LEDGER_TEXT.addKind}
      okText={COVERAGE_TEXT.save}
      cancelText={TEXT.cancel}
      okButtonProps={{
        disabled: !isWhole(facts),
        loading: creating.isPending || updating.isPending,
      }}
      onOk={() =>
        kind
          ? updating.mutate({ params: { id: kind.id }, body: { version: kind.version, ...facts } })
          : creating.mutate({ body: { scenario, ...facts } })
      }
      onCancel={onClose}
    >
      <div className="standard-form">
        <TextField label={LEDGER_TEXT.kindName} longest={60} value={name} onChange={setName} />
        <Field id={`${id}e`} label={LEDGER_TEXT.elements}>
          <Select
            id={`${id}e`}
            mode="multiple"
            optionFilterProp="label"
            value={elements}
            loading={known.isPending}
            onChange={setElements}
            options={(known.data ?? []).map((element) => ({ value: element.code, label: element.name }))}
          />
        </Field>
        <TextField label={LEDGER_TEXT.basis} longest={300} value={basis} onChange={setBasis} />
        {error && <Failure error={error} />}
      </div>
    </Modal>
  );
}

function isWhole(facts: {
  readonly name: string;
  readonly basis: string;
  readonly elements: readonly string[];
}): boolean {
  return facts.name !== '' && facts.basis !== '' && facts.elements.length > 0;
}
