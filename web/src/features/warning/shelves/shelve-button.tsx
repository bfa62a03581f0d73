import type { ShelfTarget, WarningDetail } from '#contract/warning';
import { type Level, LEVELS } from '#model/warning';
import { Button, Drawer, Select } from 'antd';
import { type ReactElement, useId, useState } from 'react';

import { useCan } from '../../../app/session.ts';
import { Failure } from '../../../ui/states.tsx';
import { useShelve } from './queries.ts';
import { newShelf, shelfBody, ShelveFields } from './shelve-fields.tsx';
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

function ShelveForm({
  warning,
  onDone,
}: {
  readonly warning: WarningDetail;
  readonly onDone: () => void;
}): ReactElement {
  const id = useId();
  const subjects = subjectsOf(warning);
  const [subject, setSubject] = useState('item');
  const [draft, setDraft] = useState(() => newShelf<Level>(warning.level));
  const shelve = useShelve();
  const send = (): void => {
    const target = subjects.find(({ key }) => key === subject)?.target;
    if (target) shelve.mutate({ target, ...shelfBody(draft) }, { onSuccess: onDone });
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
          value={subject}
          onChange={setSubject}
          options={subjects.map(({ key, label }) => ({ value: key, label }))}
        />
      </label>
      <ShelveFields draft={draft} onChange={setDraft} levels={LEVELS} />
      {shelve.error && <Failure error={shelve.error} />}
      <Button type="primary" htmlType="submit" loading={shelve.isPending}>
        {draft.level === 'red' ? SHELF_TEXT.propose : SHELF_TEXT.send}
      </Button>
    </form>
  );
}
