-- 一次性链接: hands of an enterprise, a property or a maintainer without an account, for one order (decision 0040).
create table order_link (
  id bigint generated always as identity primary key,
  work_order_id bigint not null references work_order,
  place int not null,
  scenario int2 not null,
  -- Of 256 random bits, which are kept nowhere.
  token_hash bytea not null unique,
  person text not null,
  hand_unit text not null,
  -- Whom the hand may call, as the issuer told it; sealed.
  call_sealed text,
  made_at timestamptz not null,
  made_by_id int not null references account,
  made_by text not null,
  until timestamptz not null,
  ended_at timestamptz,
  -- Null where the order's closing ended it.
  ended_by text,
  -- The one browser that opened it first: hash of the secret in its cookie.
  browser_hash bytea,
  opened_at timestamptz,
  arrived_at timestamptz,
  outcome text collate "C" check (outcome in ('done','cannot')),
  outcome_at timestamptz,
  check ((browser_hash is null) = (opened_at is null)),
  check ((outcome is null) = (outcome_at is null)),
  check (until <= made_at + interval '7 days')
);
create index order_link_by_order on order_link (work_order_id, id desc);
create index order_link_open on order_link (work_order_id) where ended_at is null;
select scope_table('order_link', 'scenario');
create policy self_test on order_link as restrictive to puan_app
  using (place is distinct from -1 or current_setting('puan.a0')::int = -1);
grant select, insert, update on order_link to puan_app;

-- However an order is closed (结案, 误报, 并入, 免办), its links end with it, and a reopened order brings none of them back.
create function end_order_links() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  update order_link set ended_at = coalesce(new.closed_at, now()) where work_order_id = new.id and ended_at is null;
  return null;
end $$;
create trigger end_order_links after update of state on work_order for each row
  when (new.state = 'closed' and old.state <> 'closed') execute function end_order_links();
