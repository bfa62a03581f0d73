-- As with work_order_entry and deadline (0005): each is written in the transaction that has read what it points to, and neither
-- warnings nor alarms are ever deleted. The check by row costs more than its row, and its plan, made once a connection while the table was
-- small, reads all of it for every row of a flood (41 s for 20,000).
alter table warning_evidence drop constraint warning_evidence_warning_id_fkey;
alter table warning_evidence drop constraint warning_evidence_alarm_id_fkey;
alter table warning_change drop constraint warning_change_warning_id_fkey;
alter table work_order drop constraint work_order_warning_id_fkey;
