import './handover.css';

import { ArrowLeftOutlined, PrinterOutlined } from '@ant-design/icons';
import { commandRoutes, type HandoverDetail } from '#contract/command';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { type ReactElement, useState } from 'react';

import { formatDateTime } from '../../../app/format.ts';
import { useNow } from '../../../app/use-now.ts';
import { Failure, Resource } from '../../../ui/states.tsx';
import { Frame } from '../frame.tsx';
import { handoverQuery, rostersQuery } from '../queries.ts';
import { TEXT } from '../text.ts';
import { useAct } from '../use-act.ts';
import { DocumentSections } from './document-sections.tsx';
import { stateSentence } from './state-sentence.ts';
import { HANDOVER_PAGE_TEXT as WORDS, HANDOVER_TEXT } from './text.ts';

/** One hand-over: the page the system wrote, two signatures, and what was added. */
export function HandoverPage(): ReactElement {
  const { id } = useParams({ from: '/desk/command/handover/$id' });
  const query = useQuery(handoverQuery(Number(id)));
  return (
    <Frame
      title={HANDOVER_TEXT.title}
      extra={
        <Button icon={<PrinterOutlined aria-hidden />} onClick={() => globalThis.print()}>
          {TEXT.print}
        </Button>
      }
    >
      <Link to="/command/handover" className="handover-back no-print">
        <ArrowLeftOutlined aria-hidden /> {WORDS.back}
      </Link>
      <Resource query={query}>{(handover) => <Page handover={handover} />}</Resource>
    </Frame>
  );
}

function Page({ handover }: { readonly handover: HandoverDetail }): ReactElement {
  const { platform, roster, seat, shift, document, state, hash } = handover;
  return (
    <article className="handover">
      <header className="panel handover-head">
        <h2>
          {platform.name} {roster.name} · {seat}
        </h2>
        <p className="figures">{WORDS.shift(formatDateTime(shift.from), formatDateTime(shift.to))}</p>
        <p className="quiet">
          {WORDS.written(formatDateTime(document.writtenAt), document.writtenBy)}
          {state !== 'draft' && ` ${WORDS.frozen}`}
        </p>
        <Sentence handover={handover} />
        <Signatures handover={handover} />
      </header>
      <DocumentSections document={document} />
      <Notes handover={handover} />
      <p className="handover-hash quiet">
        {WORDS.hash} <code>{hash}</code>
      </p>
    </article>
  );
}

const MINUTE_MS = 60_000;

function Sentence({ handover }: { readonly handover: HandoverDetail }): ReactElement {
  const now = useNow(MINUTE_MS);
  return (
    <p className={`handover-state handover-${handover.state}`} role="status">
      {stateSentence(handover, now)}
    </p>
  );
}

function Signatures({ handover }: { readonly handover: HandoverDetail }): ReactElement {
  const sign = useAct(commandRoutes.signHandover);
  const rewrite = useAct(commandRoutes.writeHandover);
  const { data: rosters } = useQuery({
    ...rostersQuery,
    enabled: handover.allowedActions.includes('rewrite'),
  });
  const seat = rosters?.items
    .find((roster) => roster.id === handover.roster.id)
    ?.seats.find((one) => one.name === handover.seat);
  const may = handover.allowedActions;
  return (
    <>
      <div className="signatures">
        <Signature label={WORDS.outgoing} name={handover.outgoing.name} signed={handover.outgoingSigned} />
        <Signature
          label={WORDS.incoming}
          name={handover.incoming?.name ?? HANDOVER_TEXT.nobody}
          signed={handover.incomingSigned}
        />
      </div>
      {(may.includes('sign') || may.includes('rewrite')) && (
        <div className="handover-acts no-print">
          {may.includes('sign') && (
            <Button
              type="primary"
              size="large"
              loading={sign.isPending}
              onClick={() => sign.mutate({ params: { id: handover.id }, body: { hash: handover.hash } })}
            >
              {WORDS.sign}
            </Button>
          )}
          {may.includes('rewrite') && (
            <Button
              size="large"
              loading={rewrite.isPending}
              onClick={() =>
                rewrite.mutate({
                  body: { roster: handover.roster.id, ...(seat ? { seat: seat.id } : {}) },
                })
              }
            >
              {WORDS.rewrite}
            </Button>
          )}
        </div>
      )}
      {sign.error && <Failure error={sign.error} />}
      {rewrite.error && <Failure error={rewrite.error} />}
    </>
  );
}

function Signature({
  label,
  name,
  signed,
}: {
  readonly label: string;
  readonly name: string;
  readonly signed: HandoverDetail['outgoingSigned'];
}): ReactElement {
  return (
    <div className={signed ? 'signature signature-done' : 'signature'}>
      <span className="quiet">{label}</span>
      <strong>{signed?.name ?? name}</strong>
      <span className="figures quiet">
        {signed ? HANDOVER_TEXT.signedAt(formatDateTime(signed.at)) : WORDS.waits}
        {signed?.actingFor !== null && signed && ` ${HANDOVER_TEXT.actingFor(signed.actingFor ?? '')}`}
      </span>
    </div>
  );
}

function Notes({ handover }: { readonly handover: HandoverDetail }): ReactElement {
  const [text, setText] = useState('');
  const add = useAct(commandRoutes.noteHandover, () => setText(''));
  return (
    <section className="panel handover-notes">
      <h2>{WORDS.notes}</h2>
      <div className="panel-body">
        {handover.notes.length === 0 && <p className="quiet">{WORDS.noNotes}</p>}
        <ul className="plain-list">
          {handover.notes.map((note) => (
            <li key={note.id}>
              <span className="figures quiet">{formatDateTime(note.at)}</span> <strong>{note.by}</strong>{' '}
              {note.text}
            </li>
          ))}
        </ul>
        {handover.allowedActions.includes('note') && (
          <form
            className="note-form no-print"
            onSubmit={(event) => {
              event.preventDefault();
              add.mutate({ params: { id: handover.id }, body: { text: text.trim() } });
            }}
          >
            <Input.TextArea
              autoSize={{ minRows: 1, maxRows: 6 }}
              maxLength={2000}
              aria-label={WORDS.note}
              placeholder={WORDS.notePlaceholder}
              value={text}
              onChange={({ target }) => setText(target.value)}
            />
            <Button htmlType="submit" loading={add.isPending} disabled={text.trim() === ''}>
              {WORDS.addNote}
            </Button>
            {add.error && <Failure error={add.error} />}
          </form>
        )}
      </div>
    </section>
  );
}
