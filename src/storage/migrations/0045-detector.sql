-- What a streaming detector remembers of its point (decision 0032): written with a group of readings, about once an hour of a
-- point's own time; what came since is learnt again at a start. Nobody asks for it but the hot path: no grants.
create table detector_memory (
  point_id int primary key references point (id) on delete cascade,
  -- Layout of the numbers; one of another layout is not taken up.
  form int2 not null,
  -- First and newest reading that were learnt, epoch ms, and how many there were.
  since float8 not null,
  at float8 not null,
  readings float8 not null,
  memory bytea not null
) with (fillfactor = 60);
alter table detector_memory alter column memory set storage plain;
