import { platformRoutes } from '#contract/platform';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Input, Modal, Segmented, Select } from 'antd';
import { type ReactElement, useDeferredValue, useId, useState } from 'react';

import { call } from '../../app/call.ts';
import { useNow } from '../../app/use-now.ts';
import { Failure } from '../../ui/states.tsx';
import { deviceChoiceQuery, platformChoiceQuery, scenarioChoiceQuery } from './queries.ts';
import { ShownToken } from './shown-token.tsx';
import { TOKEN_FORM_TEXT as WORDS, TOKEN_TEXT as TEXT } from './text.ts';
import { BLANK_TOKEN, tokenBody, type TokenDraft } from './token-draft.ts';

const MINUTE_MS = 60_000;
const KINDS = ['gateway', 'device'] as const;
const REACHES = ['all', 'platform', 'scenarios'] as const;

/** Issues a token for a gateway or a device; afterwards its text, this once. */
export function TokenForm({ onClose }: { readonly onClose: () => void }): ReactElement {
  const [draft, setDraft] = useState(BLANK_TOKEN);
  const id = useId();
  const change = (part: Partial<TokenDraft>): void => setDraft((before) => ({ ...before, ...part }));
  const checked = tokenBody(draft, useNow(MINUTE_MS));
  const issue = useMutation({
    mutationFn: (body: Extract<typeof checked, { body: unknown }>['body']) =>
      call(platformRoutes.issueToken, { body }),
  });
  const made = issue.data?.token;
  return (
    <Modal
      open
      title={TEXT.issue}
      okText={made === undefined ? WORDS.submit : TEXT.close}
      cancelText={TEXT.cancel}
      okButtonProps={{ disabled: made === undefined && 'fault' in checked }}
      cancelButtonProps={made === undefined ? {} : { style: { display: 'none' } }}
      // What is shown once is not lost by a click beside it.
      mask={{ closable: made === undefined }}
      confirmLoading={issue.isPending}
      onCancel={onClose}
      onOk={() => {
        if (made !== undefined) onClose();
        else if ('body' in checked) issue.mutate(checked.body);
      }}
    >
      {made !== undefined ? (
        <ShownToken text={made} />
      ) : (
        <div className="secret-form">
          <div className="secret-field">
            <label htmlFor={`${id}-name`}>{WORDS.name}</label>
            <Input
              id={`${id}-name`}
              autoFocus
              autoComplete="off"
              maxLength={100}
              placeholder={WORDS.namePlaceholder}
              value={draft.name}
              onChange={({ target }) => change({ name: target.value })}
            />
          </div>
          <div className="secret-field">
            <span className="secret-label">{WORDS.kind}</span>
            <Segmented
              block
              aria-label={WORDS.kind}
              options={KINDS.map((value) => ({ value, label: WORDS.kinds[value] }))}
              value={draft.kind}
              onChange={(kind) => change({ kind })}
            />
          </div>
          {draft.kind === 'device' ? (
            <DeviceSelect draft={draft} change={change} />
          ) : (
            <Reach draft={draft} change={change} />
          )}
          <div className="secret-field">
            <label htmlFor={`${id}-end`}>{WORDS.end}</label>
            <Input
              id={`${id}-end`}
              type="date"
              value={draft.end}
              onChange={({ target }) => change({ end: target.value })}
            />
            <span className="secret-hint">{WORDS.endHint}</span>
          </div>
          {'fault' in checked && <p className="secret-hint">{checked.fault}</p>}
          {issue.error && <Failure error={issue.error} />}
        </div>
      )}
    </Modal>
  );
}

interface PartProps {
  readonly draft: TokenDraft;
  readonly change: (part: Partial<TokenDraft>) => void;
}

function DeviceSelect({ draft, change }: PartProps): ReactElement {
  const [typed, setTyped] = useState('');
  const found = useQuery(deviceChoiceQuery(useDeferredValue(typed.trim())));
  return (
    <div className="secret-field">
      <span className="secret-label">{WORDS.device}</span>
      <Select<string | null>
        showSearch={{ filterOption: false, onSearch: setTyped }}
        aria-label={WORDS.device}
        placeholder={WORDS.devicePlaceholder}
        loading={found.isFetching}
        value={draft.device ?? null}
        onChange={(device) => change({ device: device ?? undefined })}
        options={(found.data?.items ?? []).map(({ code }) => ({ value: code, label: code }))}
      />
    </div>
  );
}

/** How far a gateway may speak: as its issuer, for a platform and what is below it, or for some scenarios. */
function Reach({ draft, change }: PartProps): ReactElement {
  return (
    <>
      <div className="secret-field">
        <span className="secret-label">{WORDS.reach}</span>
        <Segmented
          block
          aria-label={WORDS.reach}
          options={REACHES.map((value) => ({ value, label: WORDS.reaches[value] }))}
          value={draft.reach}
          onChange={(reach) => change({ reach })}
        />
      </div>
      {draft.reach === 'platform' && <PlatformChoice draft={draft} change={change} />}
      {draft.reach === 'scenarios' && <ScenarioChoice draft={draft} change={change} />}
    </>
  );
}

function PlatformChoice({ draft, change }: PartProps): ReactElement {
  const [typed, setTyped] = useState('');
  const found = useQuery(platformChoiceQuery(useDeferredValue(typed.trim())));
  return (
    <Select<string | null>
      showSearch={{ filterOption: false, onSearch: setTyped }}
      aria-label={WORDS.platform}
      placeholder={WORDS.platformPlaceholder}
      loading={found.isFetching}
      value={draft.platform ?? null}
      onChange={(platform) => change({ platform: platform ?? undefined })}
      options={(found.data?.items ?? []).map(({ code, name }) => ({
        value: code,
        label: `${name}（${code}）`,
      }))}
    />
  );
}

function ScenarioChoice({ draft, change }: PartProps): ReactElement {
  const found = useQuery(scenarioChoiceQuery);
  return (
    <Select<string[]>
      mode="multiple"
      showSearch={{ optionFilterProp: 'label' }}
      aria-label={WORDS.scenarios}
      placeholder={WORDS.scenariosPlaceholder}
      loading={found.isFetching}
      value={[...draft.scenarios]}
      onChange={(scenarios) => change({ scenarios })}
      options={(found.data?.items ?? []).flatMap(({ scenario, name }) =>
        scenario === null ? [] : [{ value: scenario, label: name }],
      )}
    />
  );
}
