import { type StandardVersion, versionRoutes } from '#contract/standard';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { type ReactElement, useState } from 'react';

import { useCan } from '../../app/session.ts';
import { CardsTable } from '../../ui/cards-table.tsx';
import { TimeText } from '../../ui/time-text.tsx';
import { DEPLOYMENT_TEXT } from './deployment/text.ts';
import { CreateDialog } from './draft/create-dialog.tsx';
import { NoteDialog } from './draft/note-dialog.tsx';
import { ACT_TEXT } from './draft-text.ts';
import { FilterBar } from './filter-bar.tsx';
import { Frame } from './frame.tsx';
import { useAct, versionsQuery } from './queries.ts';
import { TEXT, VERSION_TEXT } from './text.ts';
import { useFilters } from './use-filters.ts';
import { VersionStateTag } from './version-state-tag.tsx';

/** 标准 · 版本: every version there was, is and will be. */
export function VersionsPage(): ReactElement {
  const filters = useFilters('/standard/versions');
  const query = useInfiniteQuery(versionsQuery(filters.scenario));
  const mayDraft = useCan('standard.draft');
  const [from, setFrom] = useState<StandardVersion>();
  const [cancelling, setCancelling] = useState<StandardVersion>();
  const cancel = useAct(versionRoutes.cancelStandardVersion, () => setCancelling(undefined));
  return (
    <Frame title={TEXT.module} hint={TEXT.hint} scenario={filters.scenario}>
      <FilterBar filters={filters} plain />
      <CardsTable query={query} columns={VERSION_TEXT.columns} empty={{ title: TEXT.none }}>
        {(version) => (
          <VersionRow
            key={version.id}
            version={version}
            onBegin={mayDraft ? () => setFrom(version) : undefined}
            onCancel={() => setCancelling(version)}
          />
        )}
      </CardsTable>
      {from && <CreateDialog scenario={from.scenario} from={from.id} onClose={() => setFrom(undefined)} />}
      {cancelling && (
        <NoteDialog
          title={VERSION_TEXT.cancelTitle(cancelling.version)}
          hint={VERSION_TEXT.cancelHint}
          label={ACT_TEXT.cancelReason}
          pending={cancel.isPending}
          error={cancel.error}
          onSend={(reason) => cancel.mutate({ params: { id: cancelling.id }, body: { reason } })}
          onClose={() => setCancelling(undefined)}
        />
      )}
    </Frame>
  );
}

interface VersionRowProps {
  readonly version: StandardVersion;
  readonly onBegin: (() => void) | undefined;
  readonly onCancel: () => void;
}

function VersionRow({ version, onBegin, onCancel }: VersionRowProps): ReactElement {
  const [, STATE, EFFECTIVE, CONTENT, REASON, WHO] = VERSION_TEXT.columns;
  const mayDeploy = useCan('standard.deploy');
  const { counts, effectiveFrom, submittedBy, reviewedBy } = version;
  return (
    <tr>
      <th scope="row">
        {version.scenarioName} <span className="figures">{version.version}</span>
      </th>
      <td data-label={STATE}>
        <VersionStateTag state={version.state} />
      </td>
      <td data-label={EFFECTIVE}>
        {effectiveFrom === null ? VERSION_TEXT.first : <TimeText at={effectiveFrom} whole />}
      </td>
      <td data-label={CONTENT}>{VERSION_TEXT.counts(counts.signs, counts.cells, counts.verified)}</td>
      <td data-label={REASON}>{version.reason ?? VERSION_TEXT.file}</td>
      <td data-label={WHO}>
        {submittedBy && reviewedBy ? `${submittedBy.name} → ${reviewedBy.name}` : TEXT.dash}
        <span className="standard-acts">
          {mayDeploy && (
            <Link to="/standard/versions/$id" params={{ id: String(version.id) }}>
              {DEPLOYMENT_TEXT.open}
            </Link>
          )}
          {onBegin && (
            <Button size="small" onClick={onBegin}>
              {VERSION_TEXT.begin}
            </Button>
          )}
          {version.allowedActions.includes('cancel') && (
            <Button size="small" danger onClick={onCancel}>
              {VERSION_TEXT.cancel}
            </Button>
          )}
        </span>
      </td>
    </tr>
  );
}
