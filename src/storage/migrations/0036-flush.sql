-- Newest values and day figures are written down by and by, the points that wait longest first: each day of a point carries
-- the receiving time up to which its readings are counted. `ingest_mark.flushed_to` is the oldest reading that may still be
-- uncounted, and the figures per scenario have a mark of their own.
alter table point_day add column counted_to timestamptz;
alter table ingest_mark add column counted_to timestamptz;
update ingest_mark set counted_to = flushed_to;
alter table ingest_mark alter column counted_to set not null;

-- Written again and again in place: room on the page keeps such a change out of the index.
alter table point_state set (fillfactor = 60);
alter table point_day set (fillfactor = 60);
alter table sign_state set (fillfactor = 70);
alter table device set (fillfactor = 70);
-- The days of one point are found in the primary key by skipping from day to day.
drop index point_day_point;
