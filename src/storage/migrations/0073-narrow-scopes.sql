-- Who sees one village or one scenario sees few of the reports, of what is owed and of the parts of incidents: found by place or by
-- scenario, as the policies ask for them, and not among everybody's.
create index incident_report_place on incident_report (place);
create index incident_report_scenario on incident_report (scenario);
create index report_duty_missed_place on report_duty (place) where fulfilled_at is null or fulfilled_at > due_at;
create index report_duty_missed_scenario on report_duty (scenario) where fulfilled_at is null or fulfilled_at > due_at;
create index incident_part_place on incident_part (place);
create index incident_part_scenario on incident_part (scenario);
