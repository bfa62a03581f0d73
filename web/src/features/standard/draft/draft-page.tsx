import { type StandardDraftDetail, versionRoutes } from '#contract/standard';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Alert, Button } from 'antd';
import { type ReactElement, useState } from 'react';

import { PageTabs } from '../../../ui/page-tabs.tsx';
import { Failure, Resource } from '../../../ui/states.tsx';
import { TimeText } from '../../../ui/time-text.tsx';
import { DRAFT_TEXT } from '../draft-text.ts';
import { COMPOSITE_FORM_TEXT } from '../composite/text.ts';
import { PART_TEXT } from '../part-text.ts';
import { Frame } from '../frame.tsx';
import { draftQuery, useAct } from '../queries.ts';
import { RehearsalNotice } from '../rehearsal/rehearsal-notice.tsx';
import { Rehearsals } from '../rehearsal/rehearsals.tsx';
import { TEXT } from '../text.ts';
import { Compare } from './compare.tsx';
import { DraftActs } from './draft-acts.tsx';
import { DraftComposites } from './draft-composites.tsx';
import { DraftElements } from './draft-elements.tsx';
import { DraftHandbook } from './draft-handbook.tsx';
import { DraftItems } from './draft-items.tsx';
import { DraftParameters } from './draft-parameters.tsx';
import { DraftSigns } from './draft-signs.tsx';
import { DraftStateTag } from './draft-state-tag.tsx';
import { countOf, otherFaults, type PartKind } from './faults-of.ts';
import { Sheet } from './sheet.tsx';

/** 一份草案: its faults, its signs, what it changes, and what may be done with it. */
export function DraftPage(): ReactElement {
  const { id } = useParams({ strict: false });
  const query = useQuery(draftQuery(Number(id)));
  const draft = query.data;
  return (
    <Frame
      title={draft ? DRAFT_TEXT.title(draft.scenarioName, draft.standard) : TEXT.module}
      tags={draft && <DraftStateTag state={draft.state} />}
      hint={draft?.reason}
      scenario={draft?.scenario}
      extra={<Link to="/standard/drafts">{DRAFT_TEXT.back}</Link>}
    >
      <Resource query={query}>{(one) => <DraftBody draft={one} />}</Resource>
    </Frame>
  );
}

/** The lists of a document, each on a tab of its own. */
const PARTS = [
  { key: 'signs', label: DRAFT_TEXT.tabs.signs, Part: DraftSigns },
  { key: 'composites', label: COMPOSITE_FORM_TEXT.tab, Part: DraftComposites },
  { key: 'handbook', label: DRAFT_TEXT.tabs.handbook, Part: DraftHandbook },
  { key: 'elements', label: PART_TEXT.tabs.elements, Part: DraftElements },
  { key: 'items', label: PART_TEXT.tabs.items, Part: DraftItems },
  { key: 'parameters', label: PART_TEXT.tabs.parameters, Part: DraftParameters },
] as const;

type Tab = (typeof PARTS)[number]['key'] | 'compare' | 'rehearsal' | 'sheet';

interface PartLabelProps {
  readonly text: string;
  readonly faults: StandardDraftDetail['faults'];
  readonly kind: PartKind;
}

/** The name of a tab, and how many places in it must be mended. */
function PartLabel({ text, faults, kind }: PartLabelProps): ReactElement {
  const count = countOf(faults, kind);
  return (
    <>
      {text}
      {count > 0 && <span className="standard-count">{count}</span>}
    </>
  );
}

function DraftBody({ draft }: { readonly draft: StandardDraftDetail }): ReactElement {
  // Who reviews sees first what would change.
  const [tab, setTab] = useState<Tab>(() => (draft.state === 'submitted' ? 'compare' : 'signs'));
  const [against, setAgainst] = useState<number>();
  const tabs = [
    ...PARTS.map(({ key, label, Part }) => ({
      key,
      label: <PartLabel text={label} faults={draft.faults} kind={key} />,
      children: <Part draft={draft} />,
    })),
    {
      key: 'compare',
      label: DRAFT_TEXT.tabs.compare,
      children: <Compare id={draft.id} version={draft.version} against={against} />,
    },
    { key: 'rehearsal', label: DRAFT_TEXT.tabs.rehearsal, children: <Rehearsals draft={draft} /> },
    { key: 'sheet', label: DRAFT_TEXT.tabs.sheet, children: <Sheet draft={draft} /> },
  ];
  return (
    <>
      <DraftFacts draft={draft} />
      {draft.outdated && (
        <Outdated
          draft={draft}
          onCompare={() => {
            setAgainst(draft.newest.id);
            setTab('compare');
          }}
        />
      )}
      <Faults draft={draft} />
      <RehearsalNotice draft={draft} onLook={() => setTab('rehearsal')} />
      <DraftActs draft={draft} />
      <PageTabs activeKey={tab} onChange={(key) => setTab(key as Tab)} items={tabs} destroyOnHidden />
    </>
  );
}

function DraftFacts({ draft }: { readonly draft: StandardDraftDetail }): ReactElement {
  const { base, copiedFrom, publishedVersion, reviewNote, effectiveFrom, submittedBy } = draft;
  return (
    <p className="quiet standard-notices">
      <span>
        {DRAFT_TEXT.basedOn(base.version)}
        {copiedFrom.id !== base.id && ` · ${DRAFT_TEXT.copiedFrom(copiedFrom.version)}`}
        {` · ${DRAFT_TEXT.columns[3]} ${draft.createdBy.name} `}
        <TimeText at={draft.createdAt} />
        {submittedBy && ` · ${submittedBy.name} 提交`}
      </span>
      {reviewNote !== null && reviewNote !== '' && (
        <span>
          {DRAFT_TEXT.note}：{reviewNote}
        </span>
      )}
      {publishedVersion && (
        <span>
          {DRAFT_TEXT.publishedAs(publishedVersion.version)}
          {effectiveFrom !== null && (
            <>
              {' · '}
              {DRAFT_TEXT.effective} <TimeText at={effectiveFrom} whole />
            </>
          )}
        </span>
      )}
    </p>
  );
}

function Faults({ draft }: { readonly draft: StandardDraftDetail }): ReactElement | null {
  if (draft.state === 'published') return null;
  const { length } = draft.faults;
  if (length === 0)
    return (
      <Alert
        type="success"
        showIcon
        className="notice"
        title={draft.state === 'draft' ? DRAFT_TEXT.clean : DRAFT_TEXT.passed}
      />
    );
  const others = otherFaults(draft.faults);
  return (
    <Alert
      type="warning"
      showIcon
      className="notice"
      title={DRAFT_TEXT.faults(length)}
      description={
        others.length > 0 && (
          <ul className="standard-faults" aria-label={DRAFT_TEXT.otherFaults}>
            {others.map(({ path, message }) => (
              <li key={`${path} ${message}`}>{message}</li>
            ))}
          </ul>
        )
      }
    />
  );
}

interface OutdatedProps {
  readonly draft: StandardDraftDetail;
  readonly onCompare: () => void;
}

/** A newer version came out: it is compared with first, and only then stood upon. */
function Outdated({ draft, onCompare }: OutdatedProps): ReactElement {
  const rebasing = useAct(versionRoutes.updateStandardDraft);
  const { id, version, document, newest } = draft;
  return (
    <Alert
      type="warning"
      showIcon
      className="notice"
      title={DRAFT_TEXT.outdated(newest.version)}
      description={rebasing.error && <Failure error={rebasing.error} />}
      action={
        <span className="standard-acts">
          <Button onClick={onCompare}>{DRAFT_TEXT.compareNewest}</Button>
          {draft.allowedActions.includes('edit') && (
            <Button
              loading={rebasing.isPending}
              onClick={() =>
                rebasing.mutate({ params: { id }, body: { version, document, base: newest.id } })
              }
            >
              {DRAFT_TEXT.rebase}
            </Button>
          )}
        </span>
      }
    />
  );
}
