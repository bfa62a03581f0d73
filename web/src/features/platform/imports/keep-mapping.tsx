import { type ImportReport, organisationRoutes } from '#contract/platform';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { type ReactElement, useId, useState } from 'react';

import { call } from '../../../app/call.ts';
import { Failure } from '../../../ui/states.tsx';
import { mappingsQuery } from './import-queries.ts';
import { isSame, type Mapping, startMapping } from './mapping.ts';
import { MAPPING } from './text.ts';

interface KeepMappingProps {
  readonly report: ImportReport;
  readonly mapping: Mapping;
  readonly suggestion: string;
  readonly onKept: (mapping: number) => void;
}

/** Keeps the mapping under a name and has the file checked by it. */
export function KeepMapping({ report, mapping, suggestion, onKept }: KeepMappingProps): ReactElement {
  const id = useId();
  const client = useQueryClient();
  const [name, setName] = useState(report.mapping?.name ?? suggestion);
  const { kind } = report;
  const keeping = useMutation({
    mutationFn: () =>
      call(organisationRoutes.createImportMapping, {
        body: { name: name.trim(), kind, columns: { ...mapping } },
      }),
    onSuccess: (saved) => {
      onKept(saved.id);
      return client.invalidateQueries({ queryKey: mappingsQuery(kind).queryKey });
    },
  });
  return (
    <form
      className="filters panel-body mapping-save"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== '') keeping.mutate();
      }}
    >
      <label htmlFor={id}>{MAPPING.name}</label>
      <Input id={id} value={name} maxLength={60} onChange={({ target }) => setName(target.value)} />
      <Button
        type={isSame(mapping, startMapping(report.columns)) ? 'default' : 'primary'}
        htmlType="submit"
        disabled={name.trim() === ''}
        loading={keeping.isPending}
      >
        {MAPPING.save}
      </Button>
      <span className="quiet small">{MAPPING.saveHint}</span>
      {keeping.error && <Failure error={keeping.error} />}
    </form>
  );
}
