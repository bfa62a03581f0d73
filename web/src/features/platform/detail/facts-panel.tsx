import { PLATFORM_FACTS, type PlatformDetail } from '#contract/platform';
import type { ReactElement } from 'react';

import { formatDateTime } from '../../../app/format.ts';
import { KIND_TEXT } from '../kind-text.ts';
import { NONE, NOT_TOLD } from '../text.ts';
import { FACT_TEXT, FACTS_TEXT } from './text.ts';

/** The facts of a platform; those changed by people say what the standard file has. */
export function FactsPanel({ platform }: { readonly platform: PlatformDetail }): ReactElement {
  const shown = PLATFORM_FACTS.filter(
    (fact) => fact !== 'name' && (fact !== 'note' || platform.note !== null),
  );
  const { effectiveFrom: from, effectiveTo: to } = platform;
  return (
    <section className="panel">
      <h2>{FACTS_TEXT.title}</h2>
      <dl className="facts">
        <dt>{FACTS_TEXT.code}</dt>
        <dd className="org-code">{platform.code}</dd>
        <dt>{FACTS_TEXT.kind}</dt>
        <dd>{KIND_TEXT[platform.kind]}</dd>
        {shown.map((fact) => {
          const edited = platform.edited.find((one) => one.fact === fact);
          return [
            <dt key={`${fact}-name`}>{FACT_TEXT[fact]}</dt>,
            <dd key={fact}>
              {platform[fact] ?? <span className="quiet">{NOT_TOLD}</span>}{' '}
              {edited && (
                <span className="inferred" title={FACTS_TEXT.standard(edited.standard)}>
                  {FACTS_TEXT.edited}
                </span>
              )}
            </dd>,
          ];
        })}
        <dt>{FACTS_TEXT.effective}</dt>
        <dd className="figures">
          {to === null ? (from === null ? NONE : FACTS_TEXT.from(from)) : FACTS_TEXT.until(from ?? NONE, to)}
        </dd>
      </dl>
      {platform.editedAt !== null && (
        <p className="panel-body quiet small">
          {FACTS_TEXT.editedBy(platform.editedBy ?? NONE, formatDateTime(platform.editedAt))}
        </p>
      )}
    </section>
  );
}
