import { responseRoutes, type WorkOrderDetail } from '#contract/response';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { type ReactElement, useRef, useState } from 'react';

import { call } from '../../../app/call.ts';
import { randomKey } from '../../../app/random-key.ts';
import { Failure } from '../../../ui/states.tsx';
import { TimeText } from '../../../ui/time-text.tsx';
import { takeOrder } from '../queries.ts';
import { SendKey } from '../../../app/send-key.ts';
import './notes.css';

const TEXT = {
  title: '留言',
  hint: '说给处置人和先前留过言的人；不改变工单。',
  none: '还没有留言。',
  write: '写留言',
  placeholder: '例如：水位没再涨',
  send: '发送',
} as const;
const LONGEST = 1000;
/** Entries in which somebody tells the others something. */
const SAID: ReadonlySet<string> = new Set(['note', 'feed-back', 'supplement']);

/** 留言: what those who have to do with an order tell each other, oldest first, and a line to answer in. */
export function Notes({ order }: { readonly order: WorkOrderDetail }): ReactElement | null {
  const said = order.entries.filter(({ kind, note }) => SAID.has(kind) && note !== null);
  if (said.length === 0 && !order.mayNote) return null;
  return (
    <section className="panel" aria-label={TEXT.title}>
      <div className="panel-head">
        <h2>{TEXT.title}</h2>
        <small className="quiet">{TEXT.hint}</small>
      </div>
      {said.length === 0 && <p className="panel-body quiet">{TEXT.none}</p>}
      <ol className="notes">
        {said.map(({ at, by, kind, text, note }) => (
          <li key={`${at} ${by} ${note}`}>
            <small className="quiet">
              <strong>{by}</strong> <TimeText at={at} whole />
              {kind !== 'note' && ` · ${text}`}
            </small>
            <p>{note}</p>
          </li>
        ))}
      </ol>
      {order.mayNote && <NoteForm order={order.id} />}
    </section>
  );
}

function NoteForm({ order }: { readonly order: number }): ReactElement {
  const client = useQueryClient();
  const keys = useRef(new SendKey(randomKey));
  const [note, setNote] = useState('');
  const text = note.trim();
  const sending = useMutation({
    // A broken line keeps the words and their key: sent again they are written once.
    mutationFn: (words: string) =>
      call(responseRoutes.noteWorkOrder, {
        params: { id: order },
        body: { note: words, idempotencyKey: keys.current.for(words) },
      }),
    onSuccess: async (told) => {
      keys.current.answered();
      setNote('');
      await takeOrder(client, told);
    },
  });
  const send = (): void => {
    if (text !== '' && !sending.isPending) sending.mutate(text);
  };
  return (
    <form
      className="note-form"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Input.TextArea
        aria-label={TEXT.write}
        placeholder={TEXT.placeholder}
        autoSize={{ minRows: 1, maxRows: 6 }}
        maxLength={LONGEST}
        value={note}
        onChange={({ target }) => setNote(target.value)}
        onPressEnter={(event) => {
          if (!event.ctrlKey && !event.metaKey) return;
          event.preventDefault();
          send();
        }}
      />
      <Button htmlType="submit" type="primary" disabled={text === ''} loading={sending.isPending}>
        {TEXT.send}
      </Button>
      {sending.error && <Failure error={sending.error} />}
    </form>
  );
}
