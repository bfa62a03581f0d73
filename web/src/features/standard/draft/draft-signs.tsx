import type { StandardDraftDetail } from '#contract/standard';
import { SIGN_LEVELS } from '#model/standard';
import { LEVEL_TEXT } from '#model/warning';
import { useQuery } from '@tanstack/react-query';
import { Button, Drawer, Input, Segmented } from 'antd';
import { type ReactElement, useMemo, useState } from 'react';

import { Empty } from '../../../ui/states.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { DRAFT_TEXT, SIGN_FORM_TEXT } from '../draft-text.ts';
import { LevelCell } from '../level-cell.tsx';
import { comparisonQuery } from '../queries.ts';
import { SIGN_TEXT, TEXT } from '../text.ts';
import { matches } from '../use-filters.ts';
import { namesOf } from '../words.ts';
import { faultsOfSign } from './faults-of.ts';
import type { DocumentSign } from './sign-draft.ts';
import { SignForm } from './sign-form.tsx';

const FILTERS = ['all', 'changed', 'faulty'] as const;
type Filter = (typeof FILTERS)[number];
const LEVEL_COLUMNS = SIGN_LEVELS.map((level) => LEVEL_TEXT[level]);

/** The signs of a draft: which were changed, what the linter says of each, and the form behind each. */
export function DraftSigns({ draft }: { readonly draft: StandardDraftDetail }): ReactElement {
  const [q, setQ] = useState('');
  const [filter, setFilter] = useState<Filter>('all');
  const [editing, setEditing] = useState<string>();
  const { document, faults } = draft;
  const changed = useChangedSigns(draft);
  const names = useMemo(() => namesOf(document.parameters, document.elements), [document]);
  const rows = document.signs
    .map((sign, i) => ({ sign, faults: faultsOfSign(faults, i), changed: changed.has(sign.code) }))
    .filter((row) => matches(q.trim() || undefined, [row.sign.code, row.sign.name]))
    .filter((row) => filter === 'all' || (filter === 'changed' ? row.changed : row.faults.length > 0));
  const open = document.signs.find(({ code }) => code === editing);
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
                      <Button
                        aria-label={`${DRAFT_TEXT.edit} ${row.sign.name}`}
                        onClick={() => setEditing(row.sign.code)}
                      >
                        {DRAFT_TEXT.edit}
                      </Button>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <SignDrawer draft={draft} sign={open} onClose={() => setEditing(undefined)} />
    </>
  );
}

interface SignDrawerProps {
  readonly draft: StandardDraftDetail;
  readonly sign: DocumentSign | undefined;
  readonly onClose: () => void;
}

function SignDrawer({ draft, sign, onClose }: SignDrawerProps): ReactElement {
  return (
    <Drawer
      open={sign !== undefined}
      onClose={onClose}
      size="min(760px, 100vw)"
      // What is typed must not be lost to a press beside the form.
      mask={{ closable: false }}
      title={sign && SIGN_FORM_TEXT.title(sign.name)}
      destroyOnHidden
    >
      {sign && <SignForm key={sign.code} draft={draft} sign={sign} onDone={onClose} />}
    </Drawer>
  );
}

/** Codes of the signs that differ from the version the draft stands on. */
function useChangedSigns(draft: StandardDraftDetail): ReadonlySet<string> {
  const { data } = useQuery(comparisonQuery(draft.id, draft.version));
  return useMemo(
    () => new Set((data?.items ?? []).flatMap(({ kind, code }) => (kind === 'sign' ? [code] : []))),
    [data],
  );
}
