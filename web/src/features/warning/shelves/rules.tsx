import type { SuppressionRule } from '#contract/warning';
import { CAUSE_KIND_TEXT, SUPPRESSION_REACH_TEXT } from '#model/warning';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { type ReactElement, useState } from 'react';

import { useCan } from '../../../app/session.ts';
import { CardsTable } from '../../../ui/cards-table.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { Failure } from '../../../ui/states.tsx';
import { rulesQuery, useEndRule } from './queries.ts';
import { RuleForm } from './rule-form.tsx';
import { SHELF_TEXT } from './text.ts';

/** 按设计抑制: the rules, what each has held, and their end. */
export function Rules(): ReactElement {
  const query = useInfiniteQuery(rulesQuery);
  const mayWrite = useCan('standard.draft');
  const [writing, setWriting] = useState(false);
  return (
    <section className="panel" aria-label={SHELF_TEXT.rules}>
      <h2>
        {SHELF_TEXT.rules}
        {mayWrite && <Button onClick={() => setWriting(true)}>{SHELF_TEXT.newRule}</Button>}
      </h2>
      <CardsTable
        query={query}
        columns={SHELF_TEXT.ruleColumns}
        empty={{ title: SHELF_TEXT.noRules, hint: SHELF_TEXT.noRulesHint }}
      >
        {(one) => <RuleLine key={one.id} rule={one} />}
      </CardsTable>
      <RuleForm open={writing} onClose={() => setWriting(false)} />
    </section>
  );
}

function RuleLine({ rule: one }: { readonly rule: SuppressionRule }): ReactElement {
  const end = useEndRule();
  const [changing, setChanging] = useState(false);
  const [name, cause, held, where, hits, act] = SHELF_TEXT.ruleColumns;
  const objects = one.objects.map((object) => object.name).join('、');
  return (
    <tr>
      <td data-label={name}>
        {one.name}
        <small className="quiet held-small">{one.reason}</small>
      </td>
      <td data-label={cause}>
        {SHELF_TEXT.cause(
          `${CAUSE_KIND_TEXT[one.cause.kind]}“${one.cause.name}”`,
          one.cause.level,
          one.cause.object?.name ?? null,
        )}
      </td>
      <td data-label={held}>
        {one.item.name}（{SHELF_TEXT.upTo(one.level)}）
      </td>
      <td data-label={where}>{one.reach === 'listed' ? objects : SUPPRESSION_REACH_TEXT[one.reach]}</td>
      <td data-label={hits} className="figures">
        {SHELF_TEXT.hits(one.hits, one.holding)}
      </td>
      <td data-label={act}>
        {one.state === 'ended' && <StateTag tone="done">{SHELF_TEXT.ended}</StateTag>}
        {one.mayChange && (
          <span className="tags">
            <Button size="small" onClick={() => setChanging(true)}>
              {SHELF_TEXT.change}
            </Button>
            <Button size="small" loading={end.isPending} onClick={() => end.mutate(one)}>
              {SHELF_TEXT.end}
            </Button>
          </span>
        )}
        <RuleForm rule={one} open={changing} onClose={() => setChanging(false)} />
        {end.error && <Failure error={end.error} />}
      </td>
    </tr>
  );
}
