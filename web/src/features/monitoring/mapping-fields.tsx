import { DeleteOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { type ReactElement, useState } from 'react';

import type { MappingRow } from './adopt-form.ts';
import { pointChoiceQuery } from './monitoring-queries.ts';
import { ADOPT_TEXT } from './text.ts';

interface MappingFieldsProps {
  readonly row: MappingRow;
  readonly onChange: (row: MappingRow) => void;
  /** Absent on the only line. */
  readonly onRemove: (() => void) | undefined;
}

/** One factor, and the point it is written to. */
export function MappingFields({ row, onChange, onRemove }: MappingFieldsProps): ReactElement {
  const [search, setSearch] = useState('');
  const points = useQuery(pointChoiceQuery(search.trim()));
  return (
    <div className="mapping">
      <Input
        className="code"
        value={row.factor}
        maxLength={100}
        placeholder={ADOPT_TEXT.factorHint}
        aria-label={ADOPT_TEXT.factor}
        onChange={({ target }) => onChange({ ...row, factor: target.value })}
      />
      <Select
        showSearch={{ filterOption: false, onSearch: setSearch }}
        value={row.point === '' ? null : row.point}
        placeholder={ADOPT_TEXT.point}
        aria-label={ADOPT_TEXT.point}
        loading={points.isFetching}
        notFoundContent={points.isPending ? null : ADOPT_TEXT.noPoint}
        popupMatchSelectWidth={false}
        onChange={(point: string) => onChange({ ...row, point })}
        options={(points.data?.items ?? []).map((point) => ({
          value: point.code,
          label: `${point.objectName} · ${point.elementName}（${point.code}）`,
        }))}
      />
      <Input
        value={row.scale}
        inputMode="decimal"
        aria-label={ADOPT_TEXT.scale}
        prefix="×"
        onChange={({ target }) => onChange({ ...row, scale: target.value })}
      />
      <Input
        value={row.offset}
        inputMode="decimal"
        aria-label={ADOPT_TEXT.offset}
        prefix="+"
        onChange={({ target }) => onChange({ ...row, offset: target.value })}
      />
      <Button
        type="text"
        icon={<DeleteOutlined />}
        aria-label={ADOPT_TEXT.remove}
        disabled={!onRemove}
        onClick={onRemove}
      />
    </div>
  );
}
