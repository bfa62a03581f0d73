-- 图文报: what a device sends besides numbers, a picture or a text that somebody has typed at it. It lies where its device lay.
create table device_note (
  id bigint generated always as identity primary key,
  device_id int not null references device,
  kind text collate "C" not null check (kind in ('picture','text')),
  -- By the device's clock.
  observed_at timestamptz not null,
  received_at timestamptz not null,
  -- Its place in the order of time: as it was observed, as it was received where that clock is wrong.
  at timestamptz not null,
  -- SHA-256 of the picture under the data folder, in hex, and its size.
  picture text collate "C",
  picture_bytes int,
  text text,
  -- What the text says with codes of the device's standard: [{element, name, value, unit}].
  entries jsonb not null default '[]',
  replay_session_id int references replay_session,
  simulated boolean not null,
  place int,
  scenarios int2[] not null,
  check ((kind = 'picture') = (picture is not null) and (kind = 'picture') = (picture_bytes is not null)),
  check ((kind = 'text') = (text is not null))
);
-- A device repeats what it was not answered: the same is kept once.
create unique index device_note_once on device_note
  (device_id, observed_at, coalesce(picture, md5(text)), coalesce(replay_session_id, 0));
create index device_note_of on device_note (device_id, at desc, id desc);
create index device_note_at on device_note (at);
create index device_note_picture on device_note (picture) where picture is not null;
select scope_table('device_note', 'scenarios');
grant select on device_note to puan_app;

-- A webhook that stands still: since when, who stopped it (null: by itself, after it had failed for too long) and why.
alter table webhook
  add column paused_at timestamptz,
  add column paused_by text,
  add column pause_reason text,
  -- Since when nothing has been taken any more; null while the last attempt was taken.
  add column failing_since timestamptz;
create index webhook_delivery_created on webhook_delivery (created_at) where state <> 'waiting';
