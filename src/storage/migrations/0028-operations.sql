-- 故障: what is technically wrong, who is on it, until when. One that is not closed for each subject and kind.
create table fault (
  id bigint generated always as identity primary key,
  code text collate "C" not null generated always as ('GZ' || lpad(id::text, greatest(6, length(id::text)), '0')) stored,
  kind text collate "C" not null,
  subject_kind text collate "C" not null check (subject_kind in ('device','point','line','process','data-source')),
  -- `protocol/code` of a device, a point's code, a line's protocol, a process's name.
  subject text not null,
  subject_name text not null,
  -- What concerns the whole house (a line, a process) lies at the district's own number.
  place int not null,
  scenarios int2[] not null default '{}',
  found_by text collate "C" not null check (found_by in ('rule','person','device','process')),
  reported_by text,
  summary text not null,
  -- Reasons announced by whoever judges the data; the fault has recovered when none is left.
  reasons text[] not null default '{}',
  state text collate "C" not null check (state in ('open','assigned','in-progress','resolved','closed','reopened')),
  owner_id int references account,
  owner_unit text,
  opened_at timestamptz not null,
  due_at timestamptz not null,
  resolved_at timestamptz,
  -- Null where a rule saw that the cause was gone.
  resolved_by text,
  closed_at timestamptz,
  -- How often it came back before it was closed.
  returned int not null default 0,
  simulated boolean not null default false,
  version int not null default 1
);
create unique index fault_code on fault (code);
create unique index fault_once on fault (subject_kind, subject, kind) where state <> 'closed';
create index fault_newest on fault (opened_at desc, id desc);
create index fault_open_newest on fault (opened_at desc, id desc) where state <> 'closed';
create index fault_place on fault (place, opened_at desc, id desc);
create index fault_scenarios on fault using gin (scenarios);
create index fault_kind on fault (kind) where state <> 'closed';
create index fault_owner on fault (owner_id) where state <> 'closed';
select scope_table('fault', 'scenarios');
grant select, insert, update on fault to puan_app;

create table fault_entry (
  id bigint generated always as identity primary key,
  fault_id bigint not null references fault,
  place int not null,
  scenarios int2[] not null,
  at timestamptz not null,
  -- Null for what a rule did.
  by text,
  kind text collate "C" not null check (kind in ('opened','assign','start','note','resolve','close','reopen')),
  text text not null,
  note text
);
create index fault_entry_of on fault_entry (fault_id, id);
select scope_table('fault_entry', 'scenarios');
grant select, insert on fault_entry to puan_app;
