import type { StandardDraftDetail } from '#contract/standard';
import { LEVEL_TEXT } from '#model/warning';
import { Alert, Button, Input } from 'antd';
import { type ReactElement, useState } from 'react';

import { LevelTag } from '../../../ui/level-tag.tsx';
import { Empty } from '../../../ui/states.tsx';
import { DRAFT_TEXT, STEPS_TEXT } from '../draft-text.ts';
import { ENTRY_FORM_TEXT } from '../part-text.ts';
import { HANDBOOK_TEXT, TEXT } from '../text.ts';
import { matches } from '../use-filters.ts';
import { missingEntries, newEntry } from './entry-draft.ts';
import { EntryForm } from './entry-form.tsx';
import { faultsOfPart } from './faults-of.ts';
import { PartDrawer } from './part-drawer.tsx';
import { type DocumentEntry, entryPlace } from './part-place.ts';
import { RemovePart } from './remove-part.tsx';
import { RowsTable } from '../../../ui/rows-table.tsx';

/** The handbook of a draft, and the steps of each of its entries. */
export function DraftHandbook({ draft }: { readonly draft: StandardDraftDetail }): ReactElement {
  const [q, setQ] = useState('');
  const [editing, setEditing] = useState<DocumentEntry>();
  const { document, faults } = draft;
  const nameOf = new Map(document.items.map(({ code, name }) => [code, name]));
  const rows = document.handbook
    .map((entry, i) => ({
      entry,
      faults: faultsOfPart(faults, 'handbook', i),
      name: nameOf.get(entry.item) ?? '',
    }))
    .filter(({ entry, name }) => matches(q.trim() || undefined, [entry.item, name]));
  const close = (): void => setEditing(undefined);
  const mayEdit = draft.allowedActions.includes('edit');
  const missing = missingEntries(document);
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
      {mayEdit && missing.length > 0 && (
        <Alert
          type="warning"
          showIcon
          className="notice"
          title={ENTRY_FORM_TEXT.missing(missing.length)}
          description={
            <span className="standard-acts">
              {missing.map((key) => {
                const name = `${nameOf.get(key.item) ?? key.item} ${LEVEL_TEXT[key.level]}`;
                return (
                  <Button
                    key={name}
                    size="small"
                    aria-label={`${ENTRY_FORM_TEXT.write} ${name}`}
                    onClick={() => setEditing(newEntry(document, key))}
                  >
                    {ENTRY_FORM_TEXT.write} {name}
                  </Button>
                );
              })}
            </span>
          }
        />
      )}
      {rows.length === 0 ? (
        <Empty title={TEXT.none} />
      ) : (
        <div className="rows-frame">
          <RowsTable columns={STEPS_TEXT.columns}>
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
                    <span className="standard-acts">
                      <Button
                        aria-label={`${DRAFT_TEXT.edit} ${row.name} ${LEVEL_TEXT[row.entry.level]}`}
                        onClick={() => setEditing(row.entry)}
                      >
                        {DRAFT_TEXT.edit}
                      </Button>
                      <RemovePart
                        key={draft.version}
                        draft={draft}
                        place={entryPlace(row.entry)}
                        name={`${row.name} ${LEVEL_TEXT[row.entry.level]}`}
                      />
                    </span>
                  )}
                </td>
              </tr>
            ))}
          </RowsTable>
        </div>
      )}
      <PartDrawer
        open={editing !== undefined}
        onClose={close}
        title={
          editing ? STEPS_TEXT.title(nameOf.get(editing.item) ?? editing.item, LEVEL_TEXT[editing.level]) : ''
        }
      >
        {editing && <EntryForm draft={draft} entry={editing} onDone={close} />}
      </PartDrawer>
    </>
  );
}
