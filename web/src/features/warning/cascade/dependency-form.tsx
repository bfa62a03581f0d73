import { dependencyRoutes } from '#contract/platform';
import { DEPENDENCY_KINDS, DEPENDENCY_TEXT, type DependencyKind, LONGEST_LEAD_MINUTES } from '#model/warning';
import { Input, InputNumber, Modal, Select } from 'antd';
import { type ReactElement, useId, useState } from 'react';

import { call } from '../../../app/call.ts';
import { ObjectChoice } from '../../../ui/object-choice.tsx';
import { Failure } from '../../../ui/states.tsx';
import { useAct } from './queries.ts';
import { EDGE_TEXT } from './text.ts';

interface Draft {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly kind: DependencyKind;
  readonly leadMinutes: number | null;
  readonly reason: string;
  readonly basis: string;
}

/** Tells one dependency. */
export function DependencyForm({ onClose }: { readonly onClose: () => void }): ReactElement {
  const id = useId();
  const [draft, setDraft] = useState<Draft>({ kind: 'power', leadMinutes: null, reason: '', basis: '' });
  const change = (part: Partial<Draft>): void => setDraft({ ...draft, ...part });
  const create = useAct(() => call(dependencyRoutes.createDependency, { body: bodyOf(draft) }), onClose);
  const { from, to, basis } = draft;
  const isWhole = from !== undefined && to !== undefined && from !== to && basis.trim() !== '';
  return (
    <Modal
      open
      title={EDGE_TEXT.add}
      okText={EDGE_TEXT.save}
      cancelText={EDGE_TEXT.cancel}
      okButtonProps={{ disabled: !isWhole, loading: create.isPending }}
      onOk={() => create.mutate(undefined)}
      onCancel={onClose}
    >
      <div className="cascade-form">
        <label htmlFor={`${id}-from`}>{EDGE_TEXT.from}</label>
        <ObjectChoice id={`${id}-from`} value={from} onChange={(code) => change({ from: code })} />
        <label htmlFor={`${id}-kind`}>{EDGE_TEXT.kind}</label>
        <Select<DependencyKind>
          id={`${id}-kind`}
          value={draft.kind}
          onChange={(kind) => change({ kind })}
          options={DEPENDENCY_KINDS.map((value) => ({ value, label: DEPENDENCY_TEXT[value] }))}
        />
        <label htmlFor={`${id}-to`}>{EDGE_TEXT.to}</label>
        <ObjectChoice id={`${id}-to`} value={to} onChange={(code) => change({ to: code })} />
        <label htmlFor={`${id}-lead`}>{EDGE_TEXT.lead}</label>
        <InputNumber
          id={`${id}-lead`}
          min={0}
          max={LONGEST_LEAD_MINUTES}
          placeholder={EDGE_TEXT.leadHint}
          value={draft.leadMinutes}
          onChange={(leadMinutes) => change({ leadMinutes })}
        />
        <label htmlFor={`${id}-reason`}>{EDGE_TEXT.reason}</label>
        <Input
          id={`${id}-reason`}
          maxLength={200}
          value={draft.reason}
          onChange={({ target }) => change({ reason: target.value })}
        />
        <label htmlFor={`${id}-basis`}>{EDGE_TEXT.basis}</label>
        <Input
          id={`${id}-basis`}
          maxLength={200}
          placeholder={EDGE_TEXT.basisHint}
          value={basis}
          onChange={({ target }) => change({ basis: target.value })}
        />
        {create.error && <Failure error={create.error} />}
      </div>
    </Modal>
  );
}

function bodyOf({ from = '', to = '', kind, leadMinutes, reason, basis }: Draft) {
  return { from, to, kind, leadMinutes, basis: basis.trim(), reason: reason.trim() || null };
}
