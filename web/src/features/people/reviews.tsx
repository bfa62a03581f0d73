import { type AccountReview, reviewRoutes } from '#contract/platform';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { type ReactElement, useState } from 'react';

import { call } from '../../app/call.ts';
import { formatDate } from '../../app/format.ts';
import { useCan } from '../../app/session.ts';
import { OverdueTag, StateTag } from '../../ui/state-tag.tsx';
import { Empty, Failure, Resource } from '../../ui/states.tsx';
import { MoreButton } from '../../ui/more-button.tsx';
import { PlatformSelect } from './platform-select.tsx';
import { reviewsQuery, useChange } from './queries.ts';
import { ReviewItems } from './review-items.tsx';
import { REVIEW_TEXT } from './text.ts';

/** 定期复核: how far each one is, what is overdue, and the way to begin one. */
export function Reviews(): ReactElement {
  const mayReview = useCan('account.request');
  const [platform, setPlatform] = useState('');
  const [looking, setLooking] = useState<number>();
  const query = useInfiniteQuery(reviewsQuery);
  const opening = useChange((code: string) => call(reviewRoutes.openReview, { body: { platform: code } }));
  if (looking !== undefined) return <ReviewItems id={looking} onBack={() => setLooking(undefined)} />;
  const begin = (code: string): void =>
    opening.mutate(code, {
      onSuccess: (review) => {
        setPlatform('');
        setLooking(review.id);
      },
    });
  return (
    <>
      <p className="quiet">{REVIEW_TEXT.hint}</p>
      {mayReview && (
        <div className="filters">
          <PlatformSelect label={REVIEW_TEXT.platform} value={platform} onChange={setPlatform} />
          <Button
            type="primary"
            disabled={platform === ''}
            loading={opening.isPending}
            onClick={() => begin(platform)}
          >
            {REVIEW_TEXT.open}
          </Button>
        </div>
      )}
      {opening.error && <Failure error={opening.error} />}
      <Resource query={query}>
        {({ pages }) => {
          const reviews = pages.flatMap(({ items }) => items);
          return (
            <div className="people-reviews">
              <section aria-label={REVIEW_TEXT.open}>
                {reviews.length === 0 ? (
                  <Empty title={REVIEW_TEXT.none} />
                ) : (
                  <>
                    <ul className="people-requests">
                      {reviews.map((review) => (
                        <ReviewCard key={review.id} review={review} onLook={() => setLooking(review.id)} />
                      ))}
                    </ul>
                    <MoreButton count={reviews.length} query={query} />
                  </>
                )}
              </section>
              <OverdueList overdue={pages[0]?.overdue ?? []} />
            </div>
          );
        }}
      </Resource>
    </>
  );
}

function ReviewCard({
  review,
  onLook,
}: {
  readonly review: AccountReview;
  readonly onLook: () => void;
}): ReactElement {
  const done = review.confirmed + review.toClose;
  return (
    <li className="panel people-request">
      <header>
        <h3>{review.platform.name}</h3>
        {review.overdue ? (
          <OverdueTag />
        ) : (
          <StateTag tone={review.closedAt === null ? 'active' : 'done'}>
            {review.closedAt === null ? REVIEW_TEXT.running : REVIEW_TEXT.over}
          </StateTag>
        )}
      </header>
      <progress
        max={Math.max(1, review.accounts)}
        value={done}
        aria-label={REVIEW_TEXT.progress(done, review.accounts)}
      />
      <p className="quiet">
        {REVIEW_TEXT.progress(done, review.accounts)} · {REVIEW_TEXT.toClose} {review.toClose} ·{' '}
        {review.openedBy} {formatDate(review.openedAt)} – {formatDate(review.closedAt ?? review.dueAt)}
      </p>
      <div className="people-acts">
        <Button onClick={onLook}>{REVIEW_TEXT.look}</Button>
      </div>
    </li>
  );
}

interface OverdueListProps {
  readonly overdue: readonly {
    readonly platform: string;
    readonly platformName: string;
    readonly accounts: number;
    readonly lastReviewedAt: number | null;
  }[];
}

function OverdueList({ overdue }: OverdueListProps): ReactElement | null {
  if (overdue.length === 0) return null;
  return (
    <section className="panel">
      <h2>{REVIEW_TEXT.overdue}</h2>
      <ul className="people-held">
        {overdue.map(({ platform, platformName, accounts, lastReviewedAt }) => (
          <li key={platform}>
            {platformName}{' '}
            <span className="quiet">
              {REVIEW_TEXT.accounts(accounts)} ·{' '}
              {lastReviewedAt === null ? REVIEW_TEXT.never : formatDate(lastReviewedAt)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
