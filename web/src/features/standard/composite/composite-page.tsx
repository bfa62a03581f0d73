import type { CompositeSeatView, CompositeSignView } from '#contract/standard';
import { unitText } from '#model/standard';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';

import { formatValue } from '../../../app/format.ts';
import { CardsTable } from '../../../ui/cards-table.tsx';
import { LevelTag } from '../../../ui/level-tag.tsx';
import { Empty, Resource } from '../../../ui/states.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { TimeText } from '../../../ui/time-text.tsx';
import { BasisNote, Unverified } from '../basis-note.tsx';
import { Frame } from '../frame.tsx';
import { HandbookRow } from '../handbook-row.tsx';
import { OfStandard } from '../of-standard.tsx';
import { handbooksQuery } from '../queries.ts';
import { HANDBOOK_TEXT, SIGN_TEXT } from '../text.ts';
import { WholeTable } from '../whole-table.tsx';
import { spanText } from '../words.ts';
import { Condition } from './condition.tsx';
import { compositeSeatsQuery, compositesQuery } from './queries.ts';
import { COMPOSITE_TEXT } from './text.ts';
import { withinWords } from './within-words.ts';

/** 一条复合体征: what makes it true, in words and in CEL, and what it is shown at each object now. */
export function CompositePage({ code }: { readonly code: string }): ReactElement {
  const scenario = code.split('.')[0];
  const query = useQuery(compositesQuery(scenario));
  const composite = query.data?.find((one) => one.code === code);
  return (
    <Frame
      title={composite?.name ?? code}
      tags={composite && !composite.verified && <Unverified />}
      hint={
        composite && (
          <>
            {code} · <OfStandard row={composite} />
          </>
        )
      }
      scenario={scenario}
      extra={
        <Link to="/standard/signs" search={{ scenario }}>
          {SIGN_TEXT.back}
        </Link>
      }
    >
      <Resource query={query}>
        {() =>
          composite ? (
            <CompositeBody composite={composite} />
          ) : (
            <Empty title={SIGN_TEXT.gone} hint={SIGN_TEXT.goneHint} />
          )
        }
      </Resource>
    </Frame>
  );
}

function CompositeBody({ composite }: { readonly composite: CompositeSignView }): ReactElement {
  return (
    <div className="standard-panels">
      <section className="panel">
        <h2>{COMPOSITE_TEXT.levels}</h2>
        <div className="panel-body">
          {composite.levels.map(({ level, words, when, onDelaySeconds, basis }) => (
            <div key={level} className="standard-condition">
              <LevelTag level={level} />
              {onDelaySeconds > 0 && (
                <span className="quiet"> {COMPOSITE_TEXT.keep(spanText(onDelaySeconds))}</span>
              )}
              <p>
                <Condition words={words} when={when} />
              </p>
              <BasisNote basis={basis} />
            </div>
          ))}
        </div>
        <CompositeFacts composite={composite} />
      </section>
      <section className="panel">
        <h2>{COMPOSITE_TEXT.objects}</h2>
        <div className="panel-body">
          <Seats code={composite.code} />
        </div>
      </section>
      <section className="panel">
        <h2>{SIGN_TEXT.handbook}</h2>
        <div className="panel-body">
          <CompositeHandbook composite={composite} />
        </div>
      </section>
    </div>
  );
}

function CompositeFacts({ composite }: { readonly composite: CompositeSignView }): ReactElement {
  const { elementName, within, itemName, offDelaySeconds, standard } = composite;
  return (
    <dl className="facts">
      <dt>{COMPOSITE_TEXT.at}</dt>
      <dd>{COMPOSITE_TEXT.atWords(elementName)}</dd>
      <dt>{COMPOSITE_TEXT.within}</dt>
      <dd>{withinWords(within)}</dd>
      <dt>{COMPOSITE_TEXT.item}</dt>
      <dd>{itemName}</dd>
      <dt>{COMPOSITE_TEXT.recover}</dt>
      <dd>{COMPOSITE_TEXT.recoverWords(spanText(offDelaySeconds))}</dd>
      <dt>{COMPOSITE_TEXT.version}</dt>
      <dd className="figures">{standard}</dd>
    </dl>
  );
}

const [, LEVEL, FACTS] = COMPOSITE_TEXT.objectColumns;

function Seats({ code }: { readonly code: string }): ReactElement {
  const query = useInfiniteQuery(compositeSeatsQuery(code));
  return (
    <CardsTable
      query={query}
      columns={COMPOSITE_TEXT.objectColumns}
      empty={{ title: COMPOSITE_TEXT.noObjects }}
    >
      {(seat) => (
        <tr key={seat.id}>
          <th scope="row">
            <Link to="/platforms/objects" search={{ open: seat.id }} className="row-link">
              {seat.name}
            </Link>
            <span className="quiet row-code">{[seat.code, seat.town ?? ''].join(' ').trim()}</span>
          </th>
          <td data-label={LEVEL}>
            <SeatState seat={seat} />
          </td>
          <td data-label={FACTS}>
            <SeatFacts seat={seat} />
          </td>
        </tr>
      )}
    </CardsTable>
  );
}

function SeatState({ seat: { level, missing } }: { readonly seat: CompositeSeatView }): ReactElement {
  if (level) return <LevelTag level={level} />;
  return missing.length > 0 ? (
    <StateTag tone="waiting">{COMPOSITE_TEXT.off}</StateTag>
  ) : (
    <span className="quiet">{COMPOSITE_TEXT.normal}</span>
  );
}

function SeatFacts({ seat: { missing, reason, facts } }: { readonly seat: CompositeSeatView }): ReactElement {
  if (missing.length > 0)
    return (
      <span className="quiet">{COMPOSITE_TEXT.missing(missing.map(({ name }) => name).join('、'))}</span>
    );
  return (
    <>
      {reason !== null && <span className="standard-line">{reason}</span>}
      {facts.length === 0 && <span className="quiet">{COMPOSITE_TEXT.nothing}</span>}
      {facts.map(({ object, kind, code, name, level, value, unit, at }) => (
        <span key={`${object.id} ${kind} ${code} ${at}`} className="standard-line">
          {object.name} {name} {level && <LevelTag level={level} />}
          {value !== null && <b className="figures">{formatValue(value, unitText(unit))}</b>}{' '}
          <span className="quiet">
            <TimeText at={at} />
          </span>
        </span>
      ))}
    </>
  );
}

function CompositeHandbook({ composite }: { readonly composite: CompositeSignView }): ReactElement {
  const query = useQuery(handbooksQuery(composite.scenario, composite.item));
  const levels = new Set(composite.levels.map(({ level }) => level));
  return (
    <WholeTable query={query} columns={HANDBOOK_TEXT.columns} keep={({ level }) => levels.has(level)}>
      {(entry) => <HandbookRow key={entry.id} entry={entry} />}
    </WholeTable>
  );
}
