import type { Sign } from '#contract/standard';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { ReactElement } from 'react';

import { LevelTag } from '../../../ui/level-tag.tsx';
import { Empty, Resource } from '../../../ui/states.tsx';
import { CompositePage } from '../composite/composite-page.tsx';
import { BasisNote, Unverified } from '../basis-note.tsx';
import { Frame } from '../frame.tsx';
import { HandbookRow } from '../handbook-row.tsx';
import { LevelCell } from '../level-cell.tsx';
import { OfStandard } from '../of-standard.tsx';
import { SignOwnLimits } from '../own-limit/sign-own-limits.tsx';
import { OWN_TEXT } from '../own-limit/text.ts';
import { handbooksQuery, signsQuery } from '../queries.ts';
import { HANDBOOK_TEXT, RECORD_TEXT, SIGN_TEXT } from '../text.ts';
import { useNames } from '../use-names.ts';
import { WholeTable } from '../whole-table.tsx';
import { measureText, type Names, recoverText } from '../words.ts';
import { LevelScale } from './level-scale.tsx';
import { SignHistory } from './sign-history.tsx';
import { SignReadings } from './sign-readings.tsx';
import { SignRecordPanel } from './sign-record.tsx';
import { RowsTable } from '../../../ui/rows-table.tsx';

/** 一个体征: its limits as a picture and in words, their ground, what is done about it, and what it was before. */
export function SignPage(): ReactElement {
  const { code = '' } = useParams({ strict: false });
  return COMPOSITE.test(code) ? <CompositePage code={code} /> : <PlainSignPage code={code} />;
}

const COMPOSITE = /\.X\d{2}[A-Z]?$/u;

function PlainSignPage({ code }: { readonly code: string }): ReactElement {
  const scenario = code.split('.')[0];
  const query = useQuery(signsQuery(scenario));
  const names = useNames(scenario);
  const sign = query.data?.find((one) => one.code === code);
  return (
    <Frame
      title={sign?.name ?? code}
      tags={sign && !sign.verified && <Unverified />}
      hint={
        sign && (
          <>
            {sign.code} · <OfStandard row={sign} />
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
          sign ? (
            <SignBody sign={sign} names={names} />
          ) : (
            <Empty title={SIGN_TEXT.gone} hint={SIGN_TEXT.goneHint} />
          )
        }
      </Resource>
    </Frame>
  );
}

interface SignBodyProps {
  readonly sign: Sign;
  readonly names: Names;
}

function SignBody({ sign, names }: SignBodyProps): ReactElement {
  return (
    <div className="standard-panels">
      <section className="panel">
        <h2>
          {SIGN_TEXT.scale}
          <span className="quiet">{SIGN_TEXT.directions[sign.direction]}</span>
        </h2>
        <div className="panel-body standard-scroll">
          <LevelScale sign={sign} names={names} />
          <p className="quiet small">{SIGN_TEXT.schematic}</p>
        </div>
        <SignFacts sign={sign} names={names} />
      </section>
      <section className="panel">
        <h2>{SIGN_TEXT.levels}</h2>
        <div className="panel-body">
          <LevelTable sign={sign} names={names} />
        </div>
      </section>
      <section className="panel">
        <h2>{SIGN_TEXT.readings}</h2>
        <div className="panel-body">
          <SignReadings sign={sign} />
        </div>
      </section>
      <section className="panel">
        <h2>{SIGN_TEXT.handbook}</h2>
        <div className="panel-body">
          <SignHandbook sign={sign} />
        </div>
      </section>
      <section className="panel">
        <h2>{RECORD_TEXT.title}</h2>
        <div className="panel-body">
          <SignRecordPanel code={sign.code} />
        </div>
      </section>
      <section className="panel">
        <h2>{OWN_TEXT.of}</h2>
        <div className="panel-body">
          <SignOwnLimits sign={sign.code} />
        </div>
      </section>
      <section className="panel">
        <h2>{SIGN_TEXT.history}</h2>
        <SignHistory code={sign.code} scenario={sign.scenario} />
      </section>
    </div>
  );
}

function SignFacts({ sign, names }: SignBodyProps): ReactElement {
  return (
    <dl className="facts">
      <dt>{SIGN_TEXT.element}</dt>
      <dd>
        <Link to="/standard" search={{ scenario: sign.scenario, q: sign.element }}>
          {sign.elementName}
        </Link>
      </dd>
      <dt>{SIGN_TEXT.compared}</dt>
      <dd>{measureText(sign, names)}</dd>
      {sign.agreement && (
        <>
          <dt>{SIGN_TEXT.agreement}</dt>
          <dd>{SIGN_TEXT.agreementWords(sign.agreement.atLeast, sign.agreement.of)}</dd>
        </>
      )}
      <dt>{SIGN_TEXT.item}</dt>
      <dd>{sign.itemName}</dd>
      <dt>{SIGN_TEXT.recover}</dt>
      <dd>{recoverText(sign)}</dd>
      <dt>{SIGN_TEXT.version}</dt>
      <dd className="figures">{sign.standard}</dd>
    </dl>
  );
}

function LevelTable({ sign, names }: SignBodyProps): ReactElement {
  const [LEVEL, LIMIT, BASIS] = SIGN_TEXT.levelColumns;
  return (
    <RowsTable columns={SIGN_TEXT.levelColumns}>
      {sign.levels.map((cell) => (
        <tr key={cell.level}>
          <td data-label={LEVEL}>
            <LevelTag level={cell.level} />
          </td>
          <td data-label={LIMIT}>
            <LevelCell level={cell.level} cell={cell} sign={sign} names={names} />
          </td>
          <td data-label={BASIS}>
            <BasisNote basis={cell.basis} />
          </td>
        </tr>
      ))}
    </RowsTable>
  );
}

function SignHandbook({ sign }: { readonly sign: Sign }): ReactElement {
  const query = useQuery(handbooksQuery(sign.scenario, sign.item));
  const levels = new Set(sign.levels.map(({ level }) => level));
  if (query.data?.length === 0) return <p className="quiet">{SIGN_TEXT.noHandbook}</p>;
  return (
    <WholeTable query={query} columns={HANDBOOK_TEXT.columns} keep={({ level }) => levels.has(level)}>
      {(entry) => <HandbookRow key={entry.id} entry={entry} />}
    </WholeTable>
  );
}
