import { type Cascade, cascadeRoutes, type CascadeSeat } from '#contract/warning';
import { CASCADE_OUTCOME_TEXT, CASCADE_OUTCOMES } from '#model/warning';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { type ReactElement, useState } from 'react';

import { call } from '../../../app/call.ts';
import { useNow } from '../../../app/use-now.ts';
import { LEVEL_COLORS } from '../../../ui/level-colors.ts';
import { LevelTag } from '../../../ui/level-tag.tsx';
import { OriginTags } from '../../../ui/replay-tag.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { Failure } from '../../../ui/states.tsx';
import { TimeText } from '../../../ui/time-text.tsx';
import { CascadeBody } from './cascade-body.tsx';
import { useAct } from './queries.ts';
import { soonText } from './soon-text.ts';
import { CASCADE_TEXT } from './text.ts';

/** One cascade: its cause, how far it reaches and what has come of it, and the seats that were told. */
export function CascadeCard({ cascade }: { readonly cascade: Cascade }): ReactElement {
  const [isOpen, setOpen] = useState(false);
  const { level, cause } = cascade;
  return (
    <article
      className="panel cascade-card"
      {...(level && { style: { borderLeftColor: LEVEL_COLORS[level].fill } })}
    >
      <header>
        {level && <LevelTag level={level} />}
        <h2>
          {cause.kind === 'warning' ? (
            <Link to="/warnings/$id" params={{ id: String(cause.id) }}>
              {cascade.title}
            </Link>
          ) : (
            cascade.title
          )}
        </h2>
        {cascade.endedAt !== null && <StateTag tone="done">{CASCADE_TEXT.ended}</StateTag>}
        <OriginTags replaySession={cascade.replaySession} simulated={cascade.simulated} />
        <span className="quiet">
          {cascade.scenarioName} · <TimeText at={cascade.beganAt} /> {CASCADE_TEXT.began}
        </span>
      </header>
      <CascadeFigures cascade={cascade} />
      <Seats cascade={cascade} />
      <Button size="small" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {isOpen ? CASCADE_TEXT.hide : CASCADE_TEXT.show}
      </Button>
      {isOpen && <CascadeBody id={cascade.id} />}
    </article>
  );
}

/** How much it reaches and what has come of that, in words. */
export function CascadeFigures({ cascade }: { readonly cascade: Cascade }): ReactElement {
  const now = useNow(15_000);
  const { reached, outcomes, held, grouped, nextAt, cut } = cascade;
  return (
    <p className="cascade-figures">
      <b>{CASCADE_TEXT.reached(reached)}</b>
      {CASCADE_OUTCOMES.filter((outcome) => outcomes[outcome] > 0).map((outcome) => (
        <span key={outcome}>
          {CASCADE_OUTCOME_TEXT[outcome]} <b className="figures">{outcomes[outcome]}</b>
        </span>
      ))}
      {nextAt !== null && cascade.endedAt === null && <span>{CASCADE_TEXT.next(soonText(nextAt, now))}</span>}
      {held > 0 && <span>{CASCADE_TEXT.held(held)}</span>}
      {grouped > 0 && <span>{CASCADE_TEXT.grouped(grouped)}</span>}
      {cut && <span className="quiet">{CASCADE_TEXT.cut}</span>}
    </p>
  );
}

function Seats({ cascade: { id, seats } }: { readonly cascade: Cascade }): ReactElement | null {
  const acknowledge = useAct((platform: string) =>
    call(cascadeRoutes.acknowledgeCascade, { params: { id }, body: { platform } }),
  );
  if (seats.length === 0) return null;
  return (
    <>
      <ul className="cascade-seats" aria-label={CASCADE_TEXT.seats}>
        {seats.map((seat) => (
          <li key={seat.platform}>
            {seat.name} <b className="figures">{seat.reached}</b> 处 <SeatState seat={seat} />
            {seat.allowedActions.includes('acknowledge') && (
              <Button
                size="small"
                type="primary"
                loading={acknowledge.isPending}
                aria-label={`${CASCADE_TEXT.acknowledge} ${seat.name}`}
                onClick={() => acknowledge.mutate(seat.platform)}
              >
                {CASCADE_TEXT.acknowledge}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {acknowledge.error && <Failure error={acknowledge.error} />}
    </>
  );
}

function SeatState({ seat: { acknowledgedBy } }: { readonly seat: CascadeSeat }): ReactElement {
  return acknowledgedBy === null ? (
    <StateTag tone="waiting">{CASCADE_TEXT.waiting}</StateTag>
  ) : (
    <StateTag tone="done">{CASCADE_TEXT.acknowledged(acknowledgedBy)}</StateTag>
  );
}
