-- 结案质量: the month's draw (抽查) is checked, what did not pass is asked about (整改通知), and the first-pass rate is read off an index
-- (decision 0042).

-- What has to be mended of a record that did not pass, as the checker says it.
alter table closure_sample add column mend text, add check ((passed is false) = (mend is not null));

-- 整改通知 is a 督办 about a record that did not pass: asked, answered, returned and chased like any other.
alter table supervision add column sample_id bigint references closure_sample;
create unique index supervision_of_sample on supervision (sample_id) where sample_id is not null;

-- Which months were drawn is the same for everybody.
alter table closure_draw enable row level security;
create policy everybody on closure_draw for select to puan_app using (true);
grant select on closure_draw to puan_app;

-- Of what counts (no replays, drills, simulations, nothing merged or waived): by month, and a unit's of a month.
drop index work_order_closed_at;
create index work_order_closed_at on work_order (closed_at, id) include (unit, sent_back, place, scenario)
  where state = 'closed' and merged_into is null and not waived and replay_session_id is null and not simulated;
create index work_order_closed_of_unit on work_order (unit, closed_at, id)
  where state = 'closed' and merged_into is null and not waived and replay_session_id is null and not simulated;
