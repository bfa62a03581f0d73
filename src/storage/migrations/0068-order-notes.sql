-- 留言: who wrote a note to an order hears of the next one.
alter table work_order_entry add column by_id int;
