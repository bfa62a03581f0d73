-- Lists over a million warnings and orders: what is rare among them is found by an index of its own; where it is not rare the
-- newest rows hold a page of it. Almost all of these are partial, so that a flood of new warnings writes few of them.

-- How many stand open, per level, and how many of them nobody has seen: counted with every page.
create index warning_open_count on warning (scenario, place, level) include (acknowledged_at, replay_session_id, simulated)
  where state = 'open';
create index warning_normal_newest on warning (opened_at desc, id desc) where state = 'normal';
create index warning_replayed_newest on warning (opened_at desc, id desc) where replay_session_id is not null;
-- A warning that is normal is listed under the worst level it had.
create index warning_severe_newest on warning ((case when level = 0 then peak_level else level end), opened_at desc, id desc)
  where (case when level = 0 then peak_level else level end) >= 3;
-- How common each is: without it a list of the blue ones of a town is guessed to be short and the whole town is read and sorted.
create statistics warning_listed_level on (case when level = 0 then peak_level else level end) from warning;
analyze warning;
-- What one object has been through.
create index warning_of_object on warning (object_id, opened_at desc, id desc);

create index work_order_open_count on work_order (scenario, place, level) include (overdue, opened_at, id) where state <> 'closed';
create index work_order_open_state on work_order (state, opened_at desc, id desc) where state <> 'closed';
create index work_order_overdue_newest on work_order (opened_at desc, id desc) where overdue;
create index work_order_replayed_newest on work_order (opened_at desc, id desc) where replay_session_id is not null;
create index work_order_severe_newest on work_order (level, opened_at desc, id desc) where level >= 3;

-- Each row of a list names its item as the newest standard has it.
create index warning_item_newest on warning_item (code, standard_id desc);
