import { LINK_KINDS, LINK_TEXT, type LinkKind } from '#model/platform';
import { Button, Select } from 'antd';
import { type ReactElement, useState } from 'react';

import { ObjectChoice } from '../choices.tsx';
import type { OwnLink } from './link-queries.ts';
import { LINKS } from './text.ts';

interface AddLinkProps {
  /** Code of the object that is linked from: no choice. */
  readonly self: string;
  readonly pending: boolean;
  readonly onAdd: (link: OwnLink, done: () => void) => void;
}

/** One more linked object, found by name or code, and what it has to do with this one. */
export function AddLink({ self, pending, onAdd }: AddLinkProps): ReactElement {
  const [object, setObject] = useState<string>();
  const [kind, setKind] = useState<LinkKind>('gauges');
  return (
    <form
      className="org-form-acts"
      onSubmit={(event) => {
        event.preventDefault();
        if (object !== undefined) onAdd({ object, kind }, () => setObject(undefined));
      }}
    >
      <ObjectChoice label={LINKS.search} except={self} value={object} onChange={setObject} />
      <Select<LinkKind>
        aria-label={LINKS.kind}
        value={kind}
        popupMatchSelectWidth={false}
        onChange={setKind}
        options={LINK_KINDS.map((value) => ({ value, label: LINK_TEXT[value] }))}
      />
      <Button htmlType="submit" disabled={object === undefined} loading={pending}>
        {LINKS.add}
      </Button>
    </form>
  );
}
