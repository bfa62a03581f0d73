import type { ImportColumn, ImportField, ImportReport } from '#contract/platform';
import { Select } from 'antd';
import type { ReactElement } from 'react';

import { assign, type Mapping } from './mapping.ts';
import { MAPPING } from './text.ts';

interface MappingTableProps {
  readonly report: ImportReport;
  readonly mapping: Mapping;
  readonly onChange: (mapping: Mapping) => void;
}

/** The file's columns with their first values at the left, what each is at the right. */
export function MappingTable({ report, mapping, onChange }: MappingTableProps): ReactElement {
  const taken = new Set(Object.values(mapping));
  const options = report.fields.map((field) => ({
    value: field.field,
    label: labelOf(field),
    // Still there to be chosen: choosing takes it from the other column.
    className: taken.has(field.field) ? 'field-taken' : '',
  }));
  return (
    <table className="rows rows-cards mapping-table">
      <thead>
        <tr>
          <th scope="col">{MAPPING.header}</th>
          <th scope="col">{MAPPING.samples}</th>
          <th scope="col">{MAPPING.field}</th>
        </tr>
      </thead>
      <tbody>
        {report.columns.map((column) => (
          <tr key={column.column} data-unknown={(mapping[column.header] ?? null) === null}>
            <td data-label={MAPPING.header}>
              <span className="org-code quiet">{column.column}</span> <strong>{headerOf(column)}</strong>
            </td>
            <td data-label={MAPPING.samples} className="samples">
              {column.samples.length === 0 ? (
                <span className="quiet">{MAPPING.noSample}</span>
              ) : (
                column.samples.slice(0, 3).join(' · ')
              )}
            </td>
            <td data-label={MAPPING.field}>
              <Select<string | null>
                allowClear
                showSearch={{ optionFilterProp: 'label' }}
                aria-label={`${headerOf(column)} ${MAPPING.field}`}
                placeholder={MAPPING.ignore}
                popupMatchSelectWidth={false}
                disabled={column.header === ''}
                value={mapping[column.header] ?? null}
                onChange={(field) => onChange(assign(mapping, column.header, field ?? null))}
                options={options}
              />{' '}
              {column.how !== null && mapping[column.header] === column.field && (
                <small className="quiet">{MAPPING.how[column.how]}</small>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function labelOf({ label, required }: ImportField): string {
  return required ? `${label}（${MAPPING.required}）` : label;
}

function headerOf({ header }: ImportColumn): string {
  return header === '' ? MAPPING.noHeader : header;
}
