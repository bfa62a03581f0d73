import type { IdentityMapping } from '#contract/platform';
import { Alert, Button, Input } from 'antd';
import { type ReactElement, useId, useState } from 'react';

import { StateTag } from '../../ui/state-tag.tsx';
import { Failure } from '../../ui/states.tsx';
import { type Trial, useTryMappings } from './identity-queries.ts';
import { TEXT, TRY_TEXT } from './text.ts';

/** 试算: paste what the provider says of somebody, and see what they would be here. */
export function TryBox({ items }: { readonly items: readonly IdentityMapping[] }): ReactElement {
  const id = useId();
  const [text, setText] = useState<string>(TRY_TEXT.example);
  const [fault, setFault] = useState<string>();
  const trying = useTryMappings();
  const run = (): void => {
    const claims = read(text);
    setFault(claims ? undefined : TRY_TEXT.notJson);
    if (claims) trying.mutate(claims);
    else trying.reset();
  };
  return (
    <section className="panel identity-try" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{TRY_TEXT.title}</h2>
      <p className="quiet">{TRY_TEXT.intro}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          run();
        }}
      >
        <label htmlFor={id}>{TRY_TEXT.label}</label>
        <Input.TextArea
          id={id}
          className="identity-code"
          autoSize={{ minRows: 6, maxRows: 16 }}
          maxLength={20_000}
          spellCheck={false}
          value={text}
          onChange={({ target }) => setText(target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) run();
          }}
        />
        <Button type="primary" htmlType="submit" loading={trying.isPending}>
          {TRY_TEXT.run}
        </Button>
      </form>
      <div role="status">
        {fault !== undefined && <Alert type="error" showIcon title={fault} />}
        {trying.error && <Failure error={trying.error} />}
        {trying.data && <Outcome trial={trying.data} items={items} />}
      </div>
    </section>
  );
}

function Outcome({
  trial,
  items,
}: {
  readonly trial: Trial;
  readonly items: readonly IdentityMapping[];
}): ReactElement {
  const lineOf = (id: number): string => {
    const item = items.find((one) => one.id === id);
    return item ? TRY_TEXT.line(TEXT.is(item.claim, item.value)) : '';
  };
  return (
    <>
      {trial.grants.length > 0 ? (
        <>
          <h3>{TRY_TEXT.grants}</h3>
          <ul className="identity-grants">
            {trial.grants.map(({ mapping, role, roleName, platform, platformName }) => (
              <li key={`${role} ${platform}`}>
                <StateTag tone="active">{roleName}</StateTag> {platformName}{' '}
                <span className="quiet identity-code">
                  {platform} · {lineOf(mapping)}
                </span>
              </li>
            ))}
          </ul>
        </>
      ) : (
        <Alert type="warning" showIcon title={trial.barred ? TRY_TEXT.barred : TRY_TEXT.nothing} />
      )}
      {trial.refusals.length > 0 && !trial.barred && (
        <>
          <h3>{TRY_TEXT.refusals}</h3>
          <ul>
            {trial.refusals.map(({ mapping, reason, text, seen }) => (
              <li key={`${mapping} ${reason} ${seen ?? ''}`}>
                {TRY_TEXT.why(lineOf(mapping), text)}
                {seen !== null && <span className="identity-code">{TRY_TEXT.seen(seen)}</span>}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function read(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
