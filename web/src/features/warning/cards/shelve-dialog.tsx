import type { Level } from '#model/warning';
import { Button, Modal } from 'antd';
import { type ReactElement, useState } from 'react';

import { newShelf, shelfBody, ShelveFields } from '../shelves/shelve-fields.tsx';
import { TEXT } from './text.ts';

/** Red is shelved one by one, by two people. */
const LEVELS = ['blue', 'yellow', 'orange'] as const satisfies readonly Level[];
type ShelfLevel = (typeof LEVELS)[number];

interface ShelveDialogProps {
  readonly count: number;
  readonly onShelve: (shelf: ReturnType<typeof shelfBody<ShelfLevel>>) => void;
  readonly onCancel: () => void;
}

/** How far, how long and why the warnings of the chosen cards are put aside. */
export function ShelveDialog({ count, onShelve, onCancel }: ShelveDialogProps): ReactElement {
  const [draft, setDraft] = useState(() => newShelf<ShelfLevel>('yellow'));
  return (
    <Modal open title={TEXT.shelveTitle(count)} footer={null} onCancel={onCancel}>
      <form
        className="reason-form"
        onSubmit={(event) => {
          event.preventDefault();
          onShelve(shelfBody(draft));
        }}
      >
        <p className="quiet">{TEXT.shelveHint}</p>
        <ShelveFields draft={draft} onChange={setDraft} levels={LEVELS} />
        <Button type="primary" htmlType="submit">
          {TEXT.shelveOk}
        </Button>
      </form>
    </Modal>
  );
}
