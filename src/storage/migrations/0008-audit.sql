-- The audit chain: rows of `audit` are written in the transaction of the change; one sealer links them afterwards in the
-- order they were committed, each hash over the one before. Nothing of it is ever changed or taken away, not even by the owner.

create table audit_seal (
  seq bigint primary key check (seq > 0),
  audit_id bigint not null unique,
  hash bytea not null check (length(hash) = 32)
);

-- Where the sealer stands: every id up to `floor` is sealed or was never committed; `seq` and `hash` are the newest link.
create table audit_sealer (
  only_one boolean primary key default true check (only_one),
  floor bigint not null default 0,
  seq bigint not null default 0,
  hash bytea not null default decode(repeat('00', 32), 'hex')
);
insert into audit_sealer default values;

-- The signed end of each day; the same stands in a file that can be kept elsewhere.
create table audit_head (
  day date primary key,
  seq bigint not null,
  hash bytea not null,
  signed_at timestamptz not null,
  signature bytea not null,
  public_key bytea not null
);

-- What each verification found.
create table audit_check (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  seq bigint not null,
  ok boolean not null,
  -- The first broken link: its number, its row and the sentence; null when the chain holds.
  broken_seq bigint,
  broken_audit_id bigint,
  finding text,
  took_ms int not null
);

create function refuse_audit_change() returns trigger language plpgsql as $$
begin
  raise exception '%：审计记录只能追加，不能 %', tg_table_name, tg_op using errcode = 'insufficient_privilege';
end $$;
create trigger append_only before update or delete or truncate on audit for each statement execute function refuse_audit_change();
create trigger append_only before update or delete or truncate on audit_seal for each statement execute function refuse_audit_change();
create trigger append_only before update or delete or truncate on audit_check for each statement execute function refuse_audit_change();
create trigger append_only before delete or truncate on audit_head for each statement execute function refuse_audit_change();
create trigger append_only before delete or truncate on audit_sealer for each statement execute function refuse_audit_change();

-- A day's head is written when the process stops and once more when the day is over: it may only grow.
create function refuse_audit_shrinking() returns trigger language plpgsql as $$
begin
  if new.seq < old.seq then
    raise exception '%：签名头只能前进', tg_table_name using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger only_grows before update on audit_head for each row execute function refuse_audit_shrinking();
create trigger only_grows before update on audit_sealer for each row execute function refuse_audit_shrinking();

-- The search: newest first, by who, what, about what, for whom, where. A flood writes tens of thousands of rows by rules: what
-- only persons are asked for is indexed for persons only (a rule's rows are found by what they did, or the newest first).
create index audit_newest on audit (at, id);
create index audit_by_actor on audit (actor collate "C", at, id) where actor not like 'rule:%';
create index audit_by_action on audit (action, at, id);
create index audit_by_subject on audit (subject collate "C", at, id);
create index audit_by_principal on audit (acting_for collate "C", at, id) where acting_for is not null;
create index audit_by_place on audit (place, at, id) where place is not null and actor not like 'rule:%';

do $$
declare t text;
begin
  foreach t in array array['audit_seal','audit_sealer','audit_head','audit_check'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy read on %I for select to puan_app using (current_setting(''puan.capability'') like ''audit.%%'')', t);
    execute format('grant select on %I to puan_app', t);
  end loop;
end $$;

-- A handler's track is taken out of the order's timeline after the set days (个人信息保护法 art. 19). Its age counts from when it
-- was really taken: a replayed order's own clock may lie years back.
alter table work_order_entry add column written_at timestamptz not null default now();
create index work_order_entry_tracks on work_order_entry (written_at) where location is not null;
