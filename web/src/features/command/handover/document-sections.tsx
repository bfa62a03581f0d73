import type { HandoverDocument } from '#contract/command';
import { LEVELS } from '#model/warning';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';

import { formatDateTime } from '../../../app/format.ts';
import { LevelTag } from '../../../ui/level-tag.tsx';
import { OverdueTag, StateTag } from '../../../ui/state-tag.tsx';
import { Section } from './section.tsx';
import { HANDOVER_PAGE_TEXT as WORDS } from './text.ts';

/** `11-25 08:30`: the year stands at the head of the page. */
const when = (at: number): string => formatDateTime(at).slice(5);

/** The page as the system wrote it, part by part; what people marked comes first. */
export function DocumentSections({ document: page }: { readonly document: HandoverDocument }): ReactElement {
  return (
    <div className="handover-sections">
      <Section title={WORDS.sections.log} sum={WORDS.logSum(page.log.length)} count={page.log.length}>
        <ul className="plain-list">
          {page.log.map((line) => (
            <li key={line.id}>
              <span className="figures quiet">{when(line.at)}</span> {line.text}
              {line.by !== null && <span className="quiet"> {line.by}</span>}
            </li>
          ))}
        </ul>
      </Section>
      <Orders page={page} />
      <Promises page={page} />
      <Warnings page={page} />
      <Held page={page} />
      <BlindSpots page={page} />
      <Section
        title={WORDS.sections.replays}
        sum={WORDS.replaySum(page.replays.length)}
        count={page.replays.length}
      >
        <ul className="plain-list">
          {page.replays.map((replay) => (
            <li key={replay.id}>
              {replay.name}
              {replay.clock !== null && (
                <span className="quiet figures"> {WORDS.clock(formatDateTime(replay.clock))}</span>
              )}
            </li>
          ))}
        </ul>
      </Section>
    </div>
  );
}

interface PartProps {
  readonly page: HandoverDocument;
}

function Orders({ page: { orders } }: PartProps): ReactElement {
  return (
    <Section
      title={WORDS.sections.orders}
      sum={WORDS.ordersSum(orders.open, orders.overdue)}
      heavy={orders.overdue > 0}
      count={orders.items.length}
      more={orders.more}
    >
      <p className="section-states">
        {orders.byState.map((state) => (
          <StateTag key={state.state} tone="quiet">
            {state.stateName} <strong className="figures">{state.count}</strong>
          </StateTag>
        ))}
      </p>
      <ul className="plain-list">
        {orders.items.map((order) => (
          <li key={order.id}>
            <Level level={order.level} />{' '}
            <Link to="/orders/$id" params={{ id: String(order.id) }} className="row-link">
              {order.object}
            </Link>{' '}
            {order.item} <StateTag tone="quiet">{order.stateName}</StateTag> {order.overdue && <OverdueTag />}{' '}
            <span className="quiet">
              {order.handler ?? WORDS.noHandler} · {order.unit} ·{' '}
              <span className="figures">
                {order.code} · {when(order.openedAt)}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Promises({ page: { promises } }: PartProps): ReactElement {
  return (
    <Section
      title={WORDS.sections.promises}
      sum={WORDS.promisesSum(promises.items.length + promises.more)}
      count={promises.items.length}
      more={promises.more}
    >
      <ul className="plain-list">
        {promises.items.map((promise) => (
          <li key={`${promise.workOrder} ${promise.kind}`}>
            <strong className="figures">{when(promise.dueAt)}</strong> {promise.kindName}{' '}
            <Link to="/orders/$id" params={{ id: String(promise.workOrder) }} className="row-link">
              {promise.object}
            </Link>{' '}
            <span className="quiet">
              {promise.handler ?? WORDS.noHandler} · <span className="figures">{promise.code}</span>
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Warnings({ page: { warnings } }: PartProps): ReactElement {
  return (
    <Section
      title={WORDS.sections.warnings}
      sum={WORDS.warningsSum(warnings)}
      heavy={warnings.unacknowledged > 0}
      count={warnings.items.length}
      more={warnings.more}
    >
      <ul className="plain-list">
        {warnings.items.map((warning) => (
          <li key={warning.id}>
            <Level level={warning.level} />{' '}
            <Link to="/warnings/$id" params={{ id: String(warning.id) }} className="row-link">
              {warning.object}
            </Link>{' '}
            {warning.item} <span className="figures quiet">{when(warning.openedAt)}</span>{' '}
            {warning.acknowledgedBy === null ? (
              <StateTag tone="waiting">{WORDS.unacknowledged}</StateTag>
            ) : (
              <span className="quiet">{WORDS.acknowledged(warning.acknowledgedBy)}</span>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** What will not ring, and until when. A page of the time before there was any has no list. */
function Held({ page: { shelving } }: PartProps): ReactElement {
  const items = shelving.items ?? [];
  return (
    <Section
      title={WORDS.sections.shelving}
      sum={shelving.text}
      count={items.length}
      more={shelving.more ?? 0}
    >
      <ul className="plain-list">
        {items.map((held) => (
          <li key={`${held.kindName} ${held.object} ${held.what} ${held.by}`}>
            <StateTag tone="quiet">{held.proposed ? WORDS.proposed : held.kindName}</StateTag> {held.object}{' '}
            {held.what} {held.level !== null && <Level level={held.level} />}{' '}
            <strong className="figures">
              {held.until === null ? WORDS.untilEnded : WORDS.until(when(held.until))}
            </strong>{' '}
            <span className="quiet">
              {held.reason} · {held.by}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function BlindSpots({ page: { blindSpots } }: PartProps): ReactElement {
  return (
    <Section
      title={WORDS.sections.blindSpots}
      sum={WORDS.blindSum(blindSpots.silent, blindSpots.points)}
      heavy={blindSpots.silent > 0}
      count={blindSpots.worst.length + blindSpots.byScenario.filter(({ silent }) => silent > 0).length}
    >
      <p className="section-states">
        {blindSpots.byScenario.map((scenario) => (
          <StateTag key={scenario.scenario} tone="quiet">
            {scenario.scenarioName}{' '}
            <strong className="figures">
              {scenario.silent} / {scenario.points}
            </strong>
          </StateTag>
        ))}
      </p>
      <ul className="plain-list">
        {blindSpots.worst.map((spot) => (
          <li key={spot.object}>
            {spot.object} <strong>{WORDS.silent(spot.silent)}</strong>{' '}
            <span className="quiet figures">
              {spot.lastAt === null ? WORDS.never : WORDS.last(formatDateTime(spot.lastAt))}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** The page is frozen as text: a word that is no level any more is shown as it stands. */
function Level({ level }: { readonly level: string }): ReactElement {
  const known = LEVELS.find((one) => one === level);
  return known ? <LevelTag level={known} /> : <StateTag tone="quiet">{level}</StateTag>;
}
