-- What a phone did without signal is written down when it arrives; when it was done stands beside it (decision 0043).
-- Null for what was handed in as it was done. The limits go by `at`.
alter table work_order_entry add column acted_at timestamptz;
