import { PlusOutlined } from '@ant-design/icons';
import { platformRoutes, type Token } from '#contract/platform';
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { App, Button, Modal, Segmented } from 'antd';
import { type ReactElement, useState } from 'react';

import { call } from '../../app/call.ts';
import { MoreButton } from '../../ui/more-button.tsx';
import { Resource } from '../../ui/states.tsx';
import { TimeText } from '../../ui/time-text.tsx';
import { Cards } from './cards.tsx';
import { ownTokensQuery } from './queries.ts';
import { ShownToken } from './shown-token.tsx';
import { GRACES, KIND_TEXT, STATE_TEXT, TOKEN_TEXT as TEXT } from './text.ts';
import { TokenForm } from './token-form.tsx';

type Doing = { readonly what: 'rotate' | 'revoke'; readonly token: Token };

/** The tokens I answer for: what they reach, when they were used last, and their end. */
export function TokenPanel(): ReactElement {
  const query = useInfiniteQuery(ownTokensQuery);
  const [doing, setDoing] = useState<Doing>();
  const [issuing, setIssuing] = useState(false);
  const close = (): void => {
    setDoing(undefined);
    setIssuing(false);
    void query.refetch();
  };
  const row = (token: Token) => ({
    key: token.id,
    cells: [
      token.name,
      KIND_TEXT[token.kind],
      reachOf(token),
      <TimeText key="issued" at={token.issuedAt} />,
      token.lastUsedAt === null ? TEXT.never : <TimeText key="used" at={token.lastUsedAt} />,
      token.expiresAt === null ? TEXT.forever : <TimeText key="end" at={token.expiresAt} />,
      <State key="state" token={token} />,
      <span key="actions" className="me-actions">
        {token.allowedActions.map((what) => (
          <Button key={what} size="small" onClick={() => setDoing({ what, token })}>
            {TEXT[what]}
          </Button>
        ))}
      </span>,
    ],
  });
  return (
    <section className="panel me-wide" aria-labelledby="me-tokens">
      <h2 id="me-tokens">{TEXT.title}</h2>
      <div className="panel-body me-body">
        <p className="quiet">{TEXT.hint}</p>
        <Button icon={<PlusOutlined aria-hidden />} onClick={() => setIssuing(true)}>
          {TEXT.issue}
        </Button>
        <Resource query={query} rows={3}>
          {({ pages }) => {
            const tokens = pages.flatMap(({ items }) => items);
            return tokens.length === 0 ? (
              <p>{TEXT.none}</p>
            ) : (
              <>
                <Cards label={TEXT.title} columns={TEXT.columns} rows={tokens.map(row)} />
                <MoreButton count={tokens.length} query={query} />
              </>
            );
          }}
        </Resource>
      </div>
      {issuing && <TokenForm onClose={close} />}
      {doing && <TokenDialog key={`${doing.what} ${doing.token.id}`} {...doing} onClose={close} />}
    </section>
  );
}

function reachOf({ device, platform, scenarios }: Token): string {
  return device ?? platform ?? scenarios?.join('、') ?? TEXT.all;
}

function State({ token }: { readonly token: Token }): ReactElement {
  return (
    <span className="tags">
      {STATE_TEXT[token.state]}
      {token.stale && <span className="origin-tag">{TEXT.stale}</span>}
      {token.replacedBy !== null && <span className="origin-tag">{TEXT.replaced}</span>}
    </span>
  );
}

function TokenDialog({ what, token, onClose }: Doing & { readonly onClose: () => void }): ReactElement {
  const [graceMinutes, setGraceMinutes] = useState<number>(60);
  const { message } = App.useApp();
  const onError = (error: Error): void => void message.error(error.message);
  const params = { id: token.id };
  const revoke = useMutation({
    mutationFn: () => call(platformRoutes.revokeToken, { params }),
    onSuccess: onClose,
    onError,
  });
  const rotate = useMutation({
    mutationFn: () => call(platformRoutes.rotateToken, { params, body: { graceMinutes } }),
    onError,
  });
  const made = rotate.data?.token;
  return (
    <Modal
      open
      title={`${TEXT[what]}：${token.name}`}
      okText={made === undefined ? TEXT[what] : TEXT.close}
      cancelText={TEXT.cancel}
      okButtonProps={{ danger: what === 'revoke' }}
      cancelButtonProps={made === undefined ? {} : { style: { display: 'none' } }}
      confirmLoading={revoke.isPending || rotate.isPending}
      onCancel={onClose}
      onOk={() => {
        if (made !== undefined) onClose();
        else if (what === 'revoke') revoke.mutate();
        else rotate.mutate();
      }}
    >
      {what === 'revoke' && <p>{TEXT.revokeHint}</p>}
      {what === 'rotate' && made === undefined && (
        <div className="secret-form">
          <p>{TEXT.rotateHint}</p>
          <Segmented
            options={GRACES.map((grace) => ({ ...grace }))}
            value={graceMinutes}
            onChange={(minutes) => setGraceMinutes(minutes)}
          />
        </div>
      )}
      {made !== undefined && <ShownToken text={made} />}
    </Modal>
  );
}
