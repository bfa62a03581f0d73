import type { Rehearsal, RehearsalResult as Result } from '#contract/standard';
import type { ReactElement } from 'react';

import { Chart } from '../../../ui/chart.tsx';
import { Empty } from '../../../ui/states.tsx';
import { BesideTable } from './beside-table.tsx';
import { HeldCases } from './held-cases.tsx';
import { hoursOption } from './hours-option.ts';
import { LevelBar } from './level-bar.tsx';
import { REHEARSAL_TEXT as T } from './rehearsal-text.ts';
import { UnitTable } from './unit-table.tsx';

interface RehearsalResultProps {
  readonly rehearsal: Rehearsal;
  readonly result: Result;
}

/** What a rehearsal came to: how many warnings, where, when, of what, and the work they would cost. */
export function RehearsalResult({ rehearsal, result }: RehearsalResultProps): ReactElement {
  if (result.readings === 0) return <Empty title={T.empty} hint={T.emptyHint} />;
  const { draft, current } = result;
  const most = Math.max(draft.warnings, current.warnings, 1);
  const off = draft.switchedOff.map(({ name }) => name);
  return (
    <div className="rehearsal-result">
      <section aria-label={T.levels}>
        <h3>{T.levels}</h3>
        <LevelBar
          name={`${T.current} ${rehearsal.beside.version}`}
          levels={current.byLevel}
          total={current.warnings}
          most={most}
        />
        <LevelBar name={T.draft} levels={draft.byLevel} total={draft.warnings} most={most} />
        {draft.open > 0 && <p className="quiet">{T.open(draft.open)}</p>}
        <Facts result={result} />
        {off.length > 0 && <p className="quiet">{T.switchedOff(off.join('、'))}</p>}
        <p className="quiet">{T.late2}</p>
      </section>
      <HeldCases result={result} />
      <UnitTable result={result} />
      <section aria-label={T.hours}>
        <h3>{T.hours}</h3>
        <Chart option={hoursOption(result.hours)} label={T.hoursLabel} height={220} />
      </section>
      <BesideTable
        title={T.towns}
        rows={result.towns.map((row) => ({ ...row, key: row.code ?? row.name }))}
      />
      <BesideTable
        title={T.objectRows}
        rows={result.objectRows.map((row) => ({ ...row, key: row.code, hint: row.town ?? undefined }))}
        note={result.moreObjects > 0 ? T.more(result.moreObjects) : undefined}
      />
      <BesideTable
        title={T.items}
        rows={result.items.map((row) => ({ ...row, key: row.code, hint: row.code }))}
      />
      <BesideTable
        title={T.signs}
        rows={result.signs.map((row) => ({ ...row, key: row.code, hint: row.code }))}
      />
    </div>
  );
}

const SECOND_MS = 1000;
/** Readings per millisecond to 10,000 a second. */
const PER_MS = 10;

function Facts({ result }: { readonly result: Result }): ReactElement {
  const { readings, objects, draft, judgedMs, elapsedMs } = result;
  const count = (n: number): string => n.toLocaleString('zh-CN');
  return (
    <p className="quiet figures">
      {[
        `${T.facts.readings} ${count(readings)}`,
        `${T.facts.objects} ${count(objects)}`,
        `${T.facts.conditions} ${count(draft.conditions)}`,
        ...(judgedMs > 0
          ? [`${T.facts.speed} ${count(Math.round(readings / judgedMs / PER_MS))} ${T.facts.speedUnit}`]
          : []),
        T.facts.whole((elapsedMs / SECOND_MS).toFixed(1)),
      ].join(' · ')}
    </p>
  );
}
