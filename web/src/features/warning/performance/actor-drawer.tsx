import type { ActorDetail } from '#contract/warning';
import { PROPOSAL_KIND_TEXT } from '#model/warning';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Drawer } from 'antd';
import { type ReactElement, useMemo } from 'react';

import { formatNumber, formatShare } from '../../../app/format.ts';
import { Chart } from '../../../ui/chart.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { Empty, Failure, Resource } from '../../../ui/states.tsx';
import { lastedOption } from './lasted-option.ts';
import { ProposalCard } from './proposal-card.tsx';
import { type ActorKey, actorQuery, usePropose } from './queries.ts';
import { changeText, PERFORMANCE_TEXT } from './text.ts';

const T = PERFORMANCE_TEXT.detail;

interface ActorDrawerProps {
  readonly actor: ActorKey | undefined;
  readonly span: string;
  readonly onClose: () => void;
}

/** One sign at one point: what it did, what that asks for, and what people have made of it. */
export function ActorDrawer({ actor, span, onClose }: ActorDrawerProps): ReactElement {
  return (
    <Drawer
      open={actor !== undefined}
      onClose={onClose}
      size="min(760px, 100vw)"
      title={T.proposal}
      destroyOnHidden
    >
      {actor && <Detail key={`${actor.point} ${actor.sign}`} actor={actor} span={span} />}
    </Drawer>
  );
}

function Detail({ actor, span }: { readonly actor: ActorKey; readonly span: string }): ReactElement {
  const query = useQuery(actorQuery(actor, span));
  return (
    <Resource query={query} rows={10}>
      {(detail) => (
        <div className="performance-detail">
          <h2>
            {detail.object.name} · {detail.sign.name}
          </h2>
          <Facts detail={detail} />
          <Lasted detail={detail} />
          <Now detail={detail} actor={actor} span={span} />
          {detail.proposals.length > 0 && (
            <section aria-label={T.past}>
              <h3>{T.past}</h3>
              {detail.proposals.map((one) => (
                <ProposalCard key={one.id} proposal={one} />
              ))}
            </section>
          )}
        </div>
      )}
    </Resource>
  );
}

function Facts({ detail }: { readonly detail: ActorDetail }): ReactElement {
  const { alarms, repeats, suspectShare, findings } = detail;
  const rows = [
    [T.alarms, formatNumber(alarms)],
    [T.repeats, formatNumber(repeats)],
    [T.suspect, formatShare(suspectShare)],
    [T.findings, findings.length === 0 ? T.noFindings : findings.join('；')],
  ] as const;
  return (
    <dl className="performance-facts">
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className="figures">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Lasted({ detail }: { readonly detail: ActorDetail }): ReactElement | null {
  const option = useMemo(() => lastedOption(detail), [detail]);
  if (detail.episodes.length === 0) return null;
  return (
    <figure>
      <figcaption className="quiet">{T.chart}</figcaption>
      <Chart option={option} label={T.chartLabel(detail.episodes.length)} height={170} />
    </figure>
  );
}

interface NowProps {
  readonly detail: ActorDetail;
  readonly actor: ActorKey;
  readonly span: string;
}

/** What the history asks for now; nothing is said twice while a proposal waits. */
function Now({ detail, actor, span }: NowProps): ReactElement | null {
  const propose = usePropose(span);
  const { proposal, proposals, mayPropose, object, sign } = detail;
  if (proposals.some(({ state }) => state === 'open' || state === 'rehearsed')) return null;
  if (!proposal) return <Empty title={T.nothing} hint={T.nothingHint} />;
  return (
    <section className="performance-proposal" aria-label={T.proposal}>
      <p className="tags">
        <StateTag tone="waiting">{PROPOSAL_KIND_TEXT[proposal.kind]}</StateTag>
        {proposal.change && <strong className="figures">{changeText(proposal.change)}</strong>}
      </p>
      <p>{proposal.why}。</p>
      <p className="tags">
        {mayPropose && (
          <Button type="primary" loading={propose.isPending} onClick={() => propose.mutate(actor)}>
            {T.propose}
          </Button>
        )}
        <Link to="/standard/signs/$code" params={{ code: sign.code }}>
          {T.sign}
        </Link>
        {proposal.kind === 'review-limit' && (
          <Link to="/warnings" search={{ tab: 'held' }}>
            {T.held}
          </Link>
        )}
        {proposal.kind === 'raise-deadband' && (
          <Link to="/standard/own-limits/$id" params={{ id: String(object.id) }}>
            {T.ownLimits}
          </Link>
        )}
      </p>
      {propose.error && <Failure error={propose.error} />}
    </section>
  );
}
