import { Alert, Button, Skeleton } from 'antd';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactElement, ReactNode } from 'react';

export function Loading({ rows = 6 }: { readonly rows?: number }): ReactElement {
  return (
    <div className="state-box" role="status" aria-label="正在载入">
      <Skeleton active title={false} paragraph={{ rows }} />
    </div>
  );
}

/** Nothing to show, and what that means. */
export function Empty({ title, hint }: { readonly title: string; readonly hint?: ReactNode }): ReactElement {
  return (
    <div className="state-box state-empty">
      <svg width="44" height="28" viewBox="0 0 44 28" aria-hidden="true">
        <path d="M2 16c5 0 5-5 10-5s5 5 10 5 5-5 10-5 5 5 10 5" className="state-empty-wave" />
        <path d="M2 24c5 0 5-5 10-5s5 5 10 5 5-5 10-5 5 5 10 5" className="state-empty-wave" />
      </svg>
      <strong>{title}</strong>
      {hint !== undefined && <span>{hint}</span>}
    </div>
  );
}

/** What went wrong, in the server's sentence, and a way to try again. */
export function Failure({
  error,
  retry,
}: {
  readonly error: Error;
  readonly retry?: () => void;
}): ReactElement {
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={error.message}
      action={
        retry && (
          <Button size="small" onClick={retry}>
            重试
          </Button>
        )
      }
    />
  );
}

interface ResourceProps<Data> {
  readonly query: Pick<UseQueryResult<Data>, 'data' | 'error' | 'isPending' | 'refetch'>;
  readonly children: (data: Data) => ReactNode;
  readonly rows?: number;
}

/** A query on screen: skeleton, then data; a failure keeps the last data below its sentence. */
export function Resource<Data>({ query, children, rows = 6 }: ResourceProps<Data>): ReactElement {
  const retry = (): void => void query.refetch();
  if (query.data === undefined) {
    return query.error ? <Failure error={query.error} retry={retry} /> : <Loading rows={rows} />;
  }
  return (
    <>
      {query.error && <Failure error={query.error} retry={retry} />}
      {children(query.data)}
    </>
  );
}
