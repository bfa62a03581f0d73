import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import type { ReactElement } from 'react';

import { providerQuery } from './queries.ts';
import { PROVIDER_TEXT as TEXT } from './text.ts';

/** The way in through the identity provider, where there is one. */
export function ProviderLink({ from }: { readonly from: string }): ReactElement | null {
  const provider = useQuery(providerQuery).data;
  if (!provider?.enabled) return null;
  return (
    <>
      <p className="sign-in-or quiet">{TEXT.or}</p>
      <Button size="large" block href={`/api/v1/identity/start?from=${encodeURIComponent(from)}`}>
        {TEXT.with(provider.name)}
      </Button>
    </>
  );
}
