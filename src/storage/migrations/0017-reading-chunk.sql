-- Readings kept for years: live rows of partitions older than a day, packed per point (about 1,000 a chunk; decision 0007).
-- Chunks of a point never overlap, so that a moment is in one chunk at most; bytes are written by src/storage/readings/chunk-codec.ts.
create table reading_chunk (
  point_id int not null,
  -- Moments of the first and the last reading, both inside.
  from_at timestamptz not null,
  to_at timestamptz not null,
  n int not null check (n > 0),
  bytes bytea not null,
  -- Found by the end; the beginning stands beside it so that a stretch of time is cut out in the index.
  primary key (point_id, to_at, from_at),
  check (from_at <= to_at)
);
-- Packed already; and up to a page beside its row, not in a table of its own.
alter table reading_chunk alter column bytes set storage external;
alter table reading_chunk set (toast_tuple_target = 8160);

-- As of `reading`: a use case finds the point first, under the point's policy.
grant select on reading_chunk to puan_app;
