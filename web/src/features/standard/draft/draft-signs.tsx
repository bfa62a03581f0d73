import type { StandardDraftDetail } from '#contract/standard';
import { SIGN_LEVELS } from '#model/standard';
import { LEVEL_TEXT } from '#model/warning';
import { useQuery } from '@tanstack/react-query';
import { Button, Input, Segmented } from 'antd';
import { type ReactElement, useMemo, useState } from 'react';

import { Empty } from '../../../ui/states.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { DRAFT_TEXT } from '../draft-text.ts';
import { LevelCell } from '../level-cell.tsx';
import { HEAD_TEXT } from '../part-text.ts';
import { comparisonQuery } from '../queries.ts';
import { SIGN_TEXT, TEXT } from '../text.ts';
import { matches } from '../use-filters.ts';
import { namesOf } from '../words.ts';
import { faultsOfPart } from './faults-of.ts';
import { PartDrawer } from './part-drawer.tsx';
import { signPlace } from './part-place.ts';
import { RemovePart } from './remove-part.tsx';
import { type DocumentSign, newSign } from './sign-draft.ts';
import { SignForm } from './sign-form.tsx';
import { useEditing } from './use-editing.ts';

const FILTERS = ['all', 'changed', 'faulty'] as const;
type Filter = (typeof FILTERS)[number];
const LEVEL_COLUMNS = SIGN_LEVELS.map((level) => LEVEL_TEXT[level]);

/** The signs of a draft: which were changed, what the linter says of each, and the form behind each. */
export function DraftSigns({ draft }: { readonly draft: StandardDraftDetail }): ReactElement {
  const [q, setQ] = useState('');
  const [filter, setFilter] = useState<Filter>('all');
  const { document, faults } = draft;
  const editing = useEditing(document.signs);
  const changed = useChangedSigns(draft);
  const names = useMemo(() => namesOf(document.parameters, document.elements), [document]);
  const rows = document.signs
    .map((sign, i) => ({ sign, faults: faultsOfPart(faults, 'signs', i), changed: changed.has(sign.code) }))
    .filter((row) => matches(q.trim() || undefined, [row.sign.code, row.sign.name]))
    .filter((row) => filter === 'all' || (filter === 'changed' ? row.changed : row.faults.length > 0));
  const mayEdit = draft.allowedActions.includes('edit');
  return (
    <>
      <div className="filters" role="search">
        <Input.Search
          className="standard-search"
          allowClear
          value={q}
          placeholder={TEXT.search}
          aria-label={TEXT.search}
          onChange={({ target }) => setQ(target.value)}
        />
        <Segmented
          value={filter}
          onChange={setFilter}
          options={FILTERS.map((one) => ({ value: one, label: DRAFT_TEXT.filter[one] }))}
        />
        {mayEdit && (
          <Button type="primary" ghost onClick={editing.add}>
            {HEAD_TEXT.add}
          </Button>
        )}
      </div>
      {rows.length === 0 ? (
        <Empty title={TEXT.none} />
      ) : (
        <div className="rows-frame">
          <table className="rows rows-cards standard-rows">
            <thead>
              <tr>
                {[SIGN_TEXT.columns[0], ...LEVEL_COLUMNS, DRAFT_TEXT.edit].map((column) => (
                  <th key={column} scope="col">
                    {column}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.sign.code}>
                  <th scope="row">
                    {row.sign.name} {row.changed && <StateTag tone="active">{DRAFT_TEXT.changed}</StateTag>}
                    <span className="quiet row-code">{row.sign.code}</span>
                    {row.faults.map(({ message }) => (
                      <span key={message} className="standard-fault">
                        {message}
                      </span>
                    ))}
                  </th>
                  {SIGN_LEVELS.map((level) => {
                    const cell = row.sign.levels[level];
                    return (
                      <td key={level} data-label={LEVEL_TEXT[level]}>
                        {cell ? (
                          <LevelCell level={level} cell={cell} sign={row.sign} names={names} />
                        ) : (
                          <span className="quiet">{TEXT.dash}</span>
                        )}
                      </td>
                    );
                  })}
                  <td>
                    {mayEdit && (
                      <span className="standard-acts">
                        <Button
                          aria-label={`${DRAFT_TEXT.edit} ${row.sign.name}`}
                          onClick={() => editing.edit(row.sign.code)}
                        >
                          {DRAFT_TEXT.edit}
                        </Button>
                        <RemovePart
                          key={draft.version}
                          draft={draft}
                          place={signPlace(row.sign.code)}
                          name={row.sign.name}
                        />
                      </span>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <PartDrawer
        open={editing.open}
        onClose={editing.close}
        title={HEAD_TEXT.title(editing.row?.name ?? '')}
      >
        <OneSign draft={draft} sign={editing.row} onDone={editing.close} />
      </PartDrawer>
    </>
  );
}

interface OneSignProps {
  readonly draft: StandardDraftDetail;
  readonly sign: DocumentSign | undefined;
  readonly onDone: () => void;
}

/** The form of a sign, or of a new one that keeps its number while the draft behind it changes. */
function OneSign({ draft, sign, onDone }: OneSignProps): ReactElement {
  const [begun] = useState(() => sign ?? newSign(draft.document));
  return <SignForm draft={draft} sign={begun} onDone={onDone} />;
}

/** Codes of the signs that differ from the version the draft stands on. */
function useChangedSigns(draft: StandardDraftDetail): ReadonlySet<string> {
  const { data } = useQuery(comparisonQuery(draft.id, draft.version));
  return useMemo(
    () => new Set((data?.items ?? []).flatMap(({ kind, code }) => (kind === 'sign' ? [code] : []))),
    [data],
  );
}
