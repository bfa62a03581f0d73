import type { Handbook } from '#contract/standard';
import { ROLE_TEXT } from '#model/platform';
import { LOOP_TEXT } from '#model/response';
import { DISPOSAL_TYPES } from '#model/standard';
import type { ReactElement } from 'react';

import { LevelTag } from '../../ui/level-tag.tsx';
import { StateTag } from '../../ui/state-tag.tsx';
import { BasisNote } from './basis-note.tsx';
import { OfStandard } from './of-standard.tsx';
import { EVIDENCE_TEXT, HANDBOOK_TEXT } from './text.ts';

const [, LEVEL, LOOP, STEPS, WHO, NOTIFY, BASIS] = HANDBOOK_TEXT.columns;

/** One entry of a handbook; its steps on demand. */
export function HandbookRow({ entry }: { readonly entry: Handbook }): ReactElement {
  const { responsible, reviewer } = entry;
  return (
    <tr>
      <th scope="row">
        {entry.itemName}
        <span className="quiet row-code">
          {entry.item} · <OfStandard row={entry} />
        </span>
      </th>
      <td data-label={LEVEL}>
        <LevelTag level={entry.level} />
      </td>
      <td data-label={LOOP}>
        {LOOP_TEXT[entry.loop]}
        <span className="quiet row-code">
          {entry.disposalTypes.map((type) => DISPOSAL_TYPES[type]).join('、')}
        </span>
        {entry.publicRelease && <StateTag tone="quiet">{HANDBOOK_TEXT.release}</StateTag>}
      </td>
      <td data-label={STEPS}>
        <details className="basis-note">
          <summary>{HANDBOOK_TEXT.steps(entry.steps.length)}</summary>
          <ol className="standard-steps">
            {entry.steps.map(({ code, text, evidence, required }) => (
              <li key={code}>
                {text}{' '}
                <span className="quiet">
                  {[required ? HANDBOOK_TEXT.required : '', EVIDENCE_TEXT[evidence]]
                    .filter((one) => one !== '')
                    .join('，')}
                </span>
              </li>
            ))}
          </ol>
        </details>
      </td>
      <td data-label={WHO}>
        {HANDBOOK_TEXT.responsible}：{responsible.unit} {ROLE_TEXT[responsible.role]}
        <br />
        {HANDBOOK_TEXT.reviewer}：{reviewer.unit} {ROLE_TEXT[reviewer.role]}
        {entry.coUnits.length > 0 && (
          <span className="quiet row-code">
            {HANDBOOK_TEXT.co}：{entry.coUnits.join('、')}
          </span>
        )}
      </td>
      <td data-label={NOTIFY}>{entry.notify.join('、')}</td>
      <td data-label={BASIS}>
        <BasisNote basis={entry.basis} />
      </td>
    </tr>
  );
}
