import { DeleteOutlined } from '@ant-design/icons';
import { type ImportKind, organisationRoutes } from '#contract/platform';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import type { ReactElement } from 'react';

import { call } from '../../../app/call.ts';
import { Failure } from '../../../ui/states.tsx';
import { mappingsQuery } from './import-queries.ts';
import { MAPPING } from './text.ts';

interface KeptMappingsProps {
  readonly kind: ImportKind;
  /** The one that was used for this file. */
  readonly used: number | undefined;
  readonly onApply: (mapping: number) => void;
}

/** Mappings kept earlier: take one for this file, or remove it. */
export function KeptMappings({ kind, used, onApply }: KeptMappingsProps): ReactElement | null {
  const client = useQueryClient();
  const kept = useQuery(mappingsQuery(kind));
  const dropping = useMutation({
    mutationFn: (id: number) => call(organisationRoutes.deleteImportMapping, { params: { id } }),
    onSuccess: () => client.invalidateQueries({ queryKey: mappingsQuery(kind).queryKey }),
  });
  const items = kept.data?.items ?? [];
  if (items.length === 0) return null;
  const current = items.find(({ id }) => id === used)?.id;
  return (
    <div className="filters panel-body">
      <Select<number | null>
        aria-label={MAPPING.kept}
        placeholder={MAPPING.kept}
        popupMatchSelectWidth={false}
        value={current ?? null}
        onChange={(next) => next !== null && onApply(next)}
        options={items.map(({ id, name }) => ({ value: id, label: name }))}
      />
      {current !== undefined && (
        <Button
          icon={<DeleteOutlined />}
          loading={dropping.isPending}
          onClick={() => dropping.mutate(current)}
        >
          {MAPPING.remove}
        </Button>
      )}
      {dropping.error && <Failure error={dropping.error} />}
    </div>
  );
}
