import type { PerformanceActor } from '#contract/warning';
import { PROPOSAL_KIND_TEXT, PROPOSAL_STATE_TEXT } from '#model/warning';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import type { ReactElement } from 'react';

import { formatNumber, formatShare } from '../../../app/format.ts';
import { RowsTable } from '../../../ui/rows-table.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { Empty } from '../../../ui/states.tsx';
import { TimeText } from '../../../ui/time-text.tsx';
import { type ActorKey, actorQuery } from './queries.ts';
import { changeText, PERFORMANCE_TEXT as T } from './text.ts';

const PERCENT = 100;

interface ActorsProps {
  readonly actors: readonly PerformanceActor[];
  readonly span: string;
  readonly onChoose: (actor: ActorKey) => void;
}

/** 高频报警: the ten that raise most, and the way to what would quiet each. */
export function Actors({ actors, span, onChoose }: ActorsProps): ReactElement {
  return (
    <section className="panel" aria-label={T.actors}>
      <h2>{T.actors}</h2>
      {actors.length === 0 ? (
        <Empty title={T.noActors} />
      ) : (
        <RowsTable columns={T.actorColumns} label={T.actors}>
          {actors.map((one) => (
            <ActorLine key={`${one.point.id} ${one.sign.code}`} actor={one} span={span} onChoose={onChoose} />
          ))}
        </RowsTable>
      )}
    </section>
  );
}

interface ActorLineProps {
  readonly actor: PerformanceActor;
  readonly span: string;
  readonly onChoose: (actor: ActorKey) => void;
}

function ActorLine({ actor: one, span, onChoose }: ActorLineProps): ReactElement {
  const [what, alarms, share, bursts, fleeting, newest, proposal] = T.actorColumns;
  const key = { point: one.point.code, sign: one.sign.code };
  return (
    <tr>
      <td data-label={what}>
        {one.object.name} · {one.sign.name}
        <small className="quiet row-item">{one.point.code}</small>
      </td>
      <td data-label={alarms} className="figures">
        {formatNumber(one.alarms)}
      </td>
      <td data-label={share}>
        <span className="performance-share">
          <span className="figures">{formatShare(one.share)}</span>
          <span className="performance-track" aria-hidden>
            <span style={{ width: `${one.share * PERCENT}%` }} />
          </span>
        </span>
      </td>
      <td data-label={bursts} className="figures">
        {formatNumber(one.bursts)}
      </td>
      <td data-label={fleeting} className="figures">
        {formatNumber(one.fleeting)}
      </td>
      <td data-label={newest} className="nowrap">
        <TimeText at={one.newest} />
      </td>
      <td data-label={proposal}>
        <Proposed actor={key} span={span} />
      </td>
      <td className="cell-act">
        <Button
          size="small"
          aria-label={T.lookFor(one.object.name, one.sign.name)}
          onClick={() => onChoose(key)}
        >
          {T.look}
        </Button>
      </td>
    </tr>
  );
}

/** What its history asks for, or how far what was proposed has come. */
function Proposed({ actor, span }: { readonly actor: ActorKey; readonly span: string }): ReactElement {
  const { data, error } = useQuery(actorQuery(actor, span));
  if (error) return <span>{error.message}</span>;
  if (!data) return <span className="quiet">…</span>;
  const waiting = data.proposals.find(({ state }) => state === 'open' || state === 'rehearsed');
  const proposal = waiting ?? data.proposal;
  if (!proposal) return <span className="quiet">{T.noProposal}</span>;
  return (
    <>
      {PROPOSAL_KIND_TEXT[proposal.kind]}{' '}
      {waiting && <StateTag tone="active">{PROPOSAL_STATE_TEXT[waiting.state]}</StateTag>}
      {proposal.change && <small className="quiet row-item figures">{changeText(proposal.change)}</small>}
    </>
  );
}
