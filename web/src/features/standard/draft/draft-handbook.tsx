import type { StandardDraftDetail } from '#contract/standard';
import { LEVEL_TEXT } from '#model/warning';
import { Button, Drawer, Input } from 'antd';
import { type ReactElement, useState } from 'react';

import { LevelTag } from '../../../ui/level-tag.tsx';
import { Empty } from '../../../ui/states.tsx';
import { DRAFT_TEXT, STEPS_TEXT } from '../draft-text.ts';
import { HANDBOOK_TEXT, TEXT } from '../text.ts';
import { matches } from '../use-filters.ts';
import { faultsOfEntry } from './faults-of.ts';
import { type DocumentEntry, StepsForm } from './steps-form.tsx';

/** The handbook of a draft, and the steps of each of its entries. */
export function DraftHandbook({ draft }: { readonly draft: StandardDraftDetail }): ReactElement {
  const [q, setQ] = useState('');
  const [editing, setEditing] = useState<DocumentEntry>();
  const { document, faults } = draft;
  const nameOf = new Map(document.items.map(({ code, name }) => [code, name]));
  const rows = document.handbook
    .map((entry, i) => ({ entry, faults: faultsOfEntry(faults, i), name: nameOf.get(entry.item) ?? '' }))
    .filter(({ entry, name }) => matches(q.trim() || undefined, [entry.item, name]));
  const close = (): void => setEditing(undefined);
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
      </div>
      {rows.length === 0 ? (
        <Empty title={TEXT.none} />
      ) : (
        <div className="rows-frame">
          <table className="rows rows-cards">
            <thead>
              <tr>
                {STEPS_TEXT.columns.map((column) => (
                  <th key={column} scope="col">
                    {column}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={`${row.entry.item} ${row.entry.level}`}>
                  <th scope="row">
                    {row.name}
                    <span className="quiet row-code">{row.entry.item}</span>
                    {row.faults.map(({ message }) => (
                      <span key={message} className="standard-fault">
                        {message}
                      </span>
                    ))}
                  </th>
                  <td data-label={STEPS_TEXT.columns[1]}>
                    <LevelTag level={row.entry.level} />
                  </td>
                  <td data-label={STEPS_TEXT.columns[2]}>{HANDBOOK_TEXT.steps(row.entry.steps.length)}</td>
                  <td>
                    {mayEdit && (
                      <Button
                        aria-label={`${DRAFT_TEXT.edit} ${row.name} ${LEVEL_TEXT[row.entry.level]}`}
                        onClick={() => setEditing(row.entry)}
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
      <Drawer
        open={editing !== undefined}
        onClose={close}
        size="min(760px, 100vw)"
        // What is typed must not be lost to a press beside the form.
        mask={{ closable: false }}
        title={
          editing && STEPS_TEXT.title(nameOf.get(editing.item) ?? editing.item, LEVEL_TEXT[editing.level])
        }
        destroyOnHidden
      >
        {editing && <StepsForm draft={draft} entry={editing} onDone={close} />}
      </Drawer>
    </>
  );
}
