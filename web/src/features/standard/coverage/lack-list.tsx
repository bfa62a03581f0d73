import type { CoverageLack } from '#contract/standard';
import type { CoverageGap } from '#model/standard';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { type ReactElement, useState } from 'react';

import { formatNumber } from '../../../app/format.ts';
import { CardsTable } from '../../../ui/cards-table.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { nameOf } from './lack-name.ts';
import { PlanDialog } from './plan-dialog.tsx';
import { lacksQuery } from './queries.ts';
import { COVERAGE_TEXT, GAP_TEXT } from './text.ts';

interface LackListProps {
  readonly gap: CoverageGap;
  readonly narrowed: { readonly scenario?: string | undefined; readonly town?: string | undefined };
}

/** What lacks one thing, one by one, with what is planned for it. */
export function LackList({ gap, narrowed }: LackListProps): ReactElement {
  const query = useInfiniteQuery(lacksQuery(gap, narrowed));
  const [planning, setPlanning] = useState<CoverageLack>();
  return (
    <section className="panel" aria-label={GAP_TEXT[gap].list}>
      <h2>{GAP_TEXT[gap].list}</h2>
      <CardsTable query={query} columns={COVERAGE_TEXT.columns} empty={{ title: GAP_TEXT[gap].none }}>
        {(lack) => (
          <LackRow
            key={`${lack.scenario} ${lack.object?.id ?? ''} ${lack.ledger?.id ?? ''}`}
            lack={lack}
            onPlan={() => setPlanning(lack)}
          />
        )}
      </CardsTable>
      {planning && <PlanDialog lack={planning} onClose={() => setPlanning(undefined)} />}
    </section>
  );
}

interface LackRowProps {
  readonly lack: CoverageLack;
  readonly onPlan: () => void;
}

function LackRow({ lack, onPlan }: LackRowProps): ReactElement {
  const { object, scenarioName, kindName, townName, villageName, plans, allowedActions } = lack;
  const [, WHERE, MISSING, PLANS] = COVERAGE_TEXT.columns;
  return (
    <tr>
      <th scope="row">
        {object ? (
          <Link to="/platforms/objects" search={{ open: object.id }} className="row-link">
            {object.name}
          </Link>
        ) : (
          nameOf(lack)
        )}
        {object?.simulated === true && <StateTag tone="quiet">{COVERAGE_TEXT.simulated}</StateTag>}
        <span className="quiet row-code">
          {[object?.code, scenarioName, kindName]
            .filter((text) => text !== null && text !== undefined)
            .join(' · ')}
        </span>
      </th>
      <td data-label={WHERE}>{[townName, villageName ?? ''].join(' ').trim()}</td>
      <td data-label={MISSING}>{missingOf(lack)}</td>
      <td data-label={PLANS}>
        {plans.map((plan) => (
          <span key={plan.id} className="standard-line">
            {plan.dueOn} {plan.who}：{plan.what}{' '}
            {plan.overdue && <StateTag tone="late">{COVERAGE_TEXT.overdue}</StateTag>}
          </span>
        ))}
        {plans.length === 0 && <span className="quiet">{COVERAGE_TEXT.noPlan} </span>}
        {allowedActions.includes('plan') && (
          <Button size="small" onClick={onPlan}>
            {COVERAGE_TEXT.plan}
          </Button>
        )}
      </td>
    </tr>
  );
}

function missingOf({ missing, posts, ledger, gap }: CoverageLack): string {
  if (ledger) return COVERAGE_TEXT.missingOf(formatNumber(ledger.missing));
  if (gap === 'unclassified') return COVERAGE_TEXT.kind;
  const names = missing.map(({ name }) => name).join('、');
  return posts.length === 0 ? names : `${names}（${posts.join('、')}）`;
}
