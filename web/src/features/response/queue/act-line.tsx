import { WORK_ORDER_ACTION_TEXT } from '#model/response';
import type { ReactElement } from 'react';

import { TimeText } from '../../../ui/time-text.tsx';
import { TEXT } from './text.ts';
import { useQueue } from './work-queue.ts';
import type { KeptAct } from './kept-work.ts';

/** One act on the phone: what, when, with what, and how far it is. */
export function ActLine({ act }: { readonly act: KeptAct }): ReactElement {
  const { sending } = useQueue();
  const state = sending === act.id ? 'sending' : act.state;
  const { note = '' } = act.content as { readonly note?: string };
  return (
    <li className="act-line">
      <strong>
        {act.action === 'supplement' ? TEXT.supplementName : WORK_ORDER_ACTION_TEXT[act.action]}
      </strong>
      <TimeText at={act.at} whole />
      {act.photos.length > 0 && <span className="quiet">{TEXT.photos(act.photos.length)}</span>}
      <span className={`act-state act-state-${state}`}>{TEXT.state[state]}</span>
      {note !== '' && <span className="act-note">{note}</span>}
    </li>
  );
}
