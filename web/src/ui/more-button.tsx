import { Button } from 'antd';
import type { ReactElement } from 'react';

interface MoreButtonProps {
  readonly count: number;
  readonly query: {
    readonly hasNextPage: boolean;
    readonly isFetchingNextPage: boolean;
    readonly fetchNextPage: () => unknown;
  };
}

/** The foot of a keyset list: the next page, or that this is all. */
export function MoreButton({ count, query }: MoreButtonProps): ReactElement {
  return (
    <div className="rows-foot">
      {query.hasNextPage ? (
        <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          加载更多
        </Button>
      ) : (
        <span>共 {count} 条，已到底</span>
      )}
    </div>
  );
}
