-- 信息报送 (decision 0044): what must be told to whom until when (报送义务), what was told, and what was changed of it afterwards.
-- Whether something was late, missing or changed is asked of the moments that stand here; nobody writes it down.

-- 报送规则: the file's, with what the district has set of them.
create table report_rule (
  code text collate "C" primary key,
  position int not null,
  body jsonb not null,
  in_force boolean not null,
  -- Set by the district; null: as shipped.
  within_minutes int check (within_minutes between 1 and 10080),
  repeat_minutes int check (repeat_minutes between 10 and 10080),
  final_minutes int check (final_minutes between 10 and 43200),
  edited_by text,
  edited_at timestamptz,
  version int not null default 1
);
alter table report_rule enable row level security;
create policy published on report_rule for select to puan_app using (true);
create policy edit on report_rule for update to puan_app using (
  current_setting('puan.capability') = 'setting.manage'
  and 1 between current_setting('puan.a0')::int and current_setting('puan.a1')::int
);
grant select, update on report_rule to puan_app;

-- 报送事项: what is reported on. An order's, or told by people. It lies where its order lies.
create table report_matter (
  id bigint generated always as identity primary key,
  place int not null,
  scenario int2,
  -- Who has to report: the scenario's platform, or the one whose people told it.
  platform_id int not null references platform,
  trigger text collate "C" not null
    check (trigger in ('red-warning','orange-warning','accident','emergency')),
  title text not null,
  work_order_id bigint,
  warning_id bigint,
  event_at timestamptz not null,
  known_at timestamptz not null,
  -- As last told; null: not told.
  deaths int check (deaths >= 0),
  injuries int check (injuries >= 0),
  unaccounted int check (unaccounted >= 0),
  told text,
  told_by text,
  told_by_id int,
  idempotency_key text collate "C",
  opened_at timestamptz not null,
  closed_at timestamptz,
  replay_session_id int,
  simulated boolean not null,
  check (event_at <= known_at)
);
create unique index report_matter_of on report_matter (work_order_id) where work_order_id is not null;
create index report_matter_newest on report_matter (opened_at desc, id desc);
create unique index report_matter_once on report_matter (told_by_id, idempotency_key) where idempotency_key is not null;

-- 信息报告. What was submitted never changes; changes stand beside it (report_change).
create table incident_report (
  id bigint generated always as identity primary key,
  matter_id bigint not null references report_matter,
  place int not null,
  scenario int2,
  platform_id int not null references platform,
  recipient text collate "C" not null check (recipient in ('district','leader','executive','city','authority')),
  channel text collate "C" not null check (channel in ('phone','written','platform')),
  stage text collate "C" not null check (stage in ('initial','update','final')),
  number int not null,
  fields jsonb not null,
  text text not null,
  -- The three moments that are judged.
  event_at timestamptz not null,
  known_at timestamptz not null,
  reported_at timestamptz not null,
  -- When it was written down here; later than reported_at where a call is noted afterwards.
  recorded_at timestamptz not null,
  by text not null,
  by_id int not null,
  -- Who took the call, and its line in the duty log.
  taken_by text,
  log_id bigint,
  signed_at timestamptz,
  signed_by text,
  idempotency_key text collate "C",
  replay_session_id int,
  simulated boolean not null
);
create unique index incident_report_once on incident_report (by_id, idempotency_key) where idempotency_key is not null;
create unique index incident_report_number on incident_report (matter_id, platform_id, recipient, channel, stage, number);
create index incident_report_newest on incident_report (reported_at desc, id desc);
create index incident_report_to_sign on incident_report (reported_at desc, id desc)
  where signed_at is null and recipient = 'district' and channel <> 'phone';

-- 报送义务: one report that is owed, with the limit as it was when it arose.
create table report_duty (
  id bigint generated always as identity primary key,
  matter_id bigint not null references report_matter,
  place int not null,
  scenario int2,
  platform_id int not null references platform,
  rule text collate "C" not null,
  kind text collate "C" not null check (kind in ('first','update','final')),
  n int not null,
  recipient text collate "C" not null check (recipient in ('district','leader','executive','city','authority')),
  channel text collate "C" not null check (channel in ('phone','written','platform')),
  started_at timestamptz not null,
  due_at timestamptz not null,
  -- From here on a report that has not come is missing (漏报), no longer only late.
  missing_at timestamptz not null,
  -- Of a series: how far apart they are.
  repeat_minutes int,
  fulfilled_at timestamptz,
  report_id bigint references incident_report,
  -- Set where it no longer applies: the matter was over, or went on in another order.
  stopped_at timestamptz,
  -- When the round looks at it next.
  next_at timestamptz,
  replay_session_id int,
  simulated boolean not null,
  unique (matter_id, rule, kind, n),
  check ((fulfilled_at is null) = (report_id is null))
);
create index report_duty_open on report_duty (due_at, id) where fulfilled_at is null and stopped_at is null;
create index report_duty_open_of on report_duty (platform_id, due_at, id) where fulfilled_at is null and stopped_at is null;
create index report_duty_next on report_duty (next_at, id) where next_at is not null;
-- What went wrong, by month: late, or never told.
create index report_duty_missed on report_duty (due_at desc, id desc) where fulfilled_at is null or fulfilled_at > due_at;

-- 更改: what was told otherwise than before, with both values.
create table report_change (
  id bigint generated always as identity primary key,
  matter_id bigint not null references report_matter,
  report_id bigint not null references incident_report,
  place int not null,
  scenario int2,
  platform_id int not null references platform,
  at timestamptz not null,
  by text not null,
  field text collate "C" not null,
  before text,
  after text,
  reason text,
  -- The moment of the event or the number of people: what the law forbids to hide or to falsify.
  flagged boolean not null,
  replay_session_id int,
  simulated boolean not null
);
create index report_change_of on report_change (matter_id, id);
create index report_change_flagged on report_change (at desc, id desc) where flagged;

-- 追问.
create table report_question (
  id bigint generated always as identity primary key,
  report_id bigint not null references incident_report,
  matter_id bigint not null references report_matter,
  place int not null,
  scenario int2,
  asked_at timestamptz not null,
  asked_by text not null,
  question text not null,
  answered_at timestamptz,
  answered_by text,
  answer text
);
create index report_question_of on report_question (matter_id, id);

do $$
declare t text;
begin
  foreach t in array array['report_matter','incident_report','report_duty','report_change','report_question'] loop
    perform scope_table(t, 'scenario');
    execute format('grant select, insert on %I to puan_app', t);
    execute format($p$create policy self_test on %I as restrictive to puan_app
      using (place is distinct from -1 or current_setting('puan.a0')::int = -1)$p$, t);
  end loop;
end $$;
grant update (deaths, injuries, unaccounted, event_at, closed_at) on report_matter to puan_app;
grant update (signed_at, signed_by) on incident_report to puan_app;
grant update (fulfilled_at, report_id, stopped_at, next_at) on report_duty to puan_app;
grant update (answered_at, answered_by, answer) on report_question to puan_app;
