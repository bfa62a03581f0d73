import type * as command from './command.ts';
import type * as coverage from './coverage.ts';
import type * as intake from './intake.ts';
import type * as monitoring from './monitoring.ts';
import type * as operations from './operations.ts';
import type * as platform from './platform.ts';
import type * as quality from './quality.ts';
import type * as rehearsal from './rehearsal.ts';
import type * as response from './response.ts';
import type * as session from './session.ts';
import type * as sharing from './sharing.ts';
import type * as standard from './standard.ts';
import type * as webhook from './webhook.ts';
import type * as warning from './warning.ts';

/** Every table by its name, room by room. The migrations say what each is for. */
export interface Database {
  scenario: platform.ScenarioTable;
  platform: platform.PlatformTable;
  platform_count: platform.PlatformCountTable;
  platform_contact: platform.PlatformContactTable;
  platform_setting: platform.PlatformSettingTable;
  unit: platform.UnitTable;
  import_mapping: platform.ImportMappingTable;
  account: platform.AccountTable;
  account_name: platform.AccountNameView;
  team: platform.TeamTable;
  team_member: platform.TeamMemberTable;
  role_assignment: platform.RoleAssignmentTable;
  delegation: platform.DelegationTable;
  session: session.SessionTable;
  password_history: session.PasswordHistoryTable;
  second_factor: session.SecondFactorTable;
  recovery_code: session.RecoveryCodeTable;
  bound_device: session.BoundDeviceTable;
  token: platform.TokenTable;
  monitored_object: platform.MonitoredObjectTable;
  object_link: platform.ObjectLinkTable;
  town_border: platform.TownBorderTable;
  audit: platform.AuditTable;

  standard_version: standard.StandardVersionTable;
  standard_draft: standard.StandardDraftTable;
  rehearsal: rehearsal.RehearsalTable;
  known_case: rehearsal.KnownCaseTable;
  own_limit: standard.OwnLimitTable;
  element: standard.ElementTable;
  warning_item: standard.WarningItemTable;
  sign: standard.SignTable;
  handbook_entry: standard.HandbookEntryTable;

  object_kind: coverage.ObjectKindTable;
  ledger_entry: coverage.LedgerEntryTable;
  object_coverage: coverage.ObjectCoverageTable;
  coverage_post: coverage.CoveragePostTable;
  coverage_mark: coverage.CoverageMarkTable;
  coverage_plan: coverage.CoveragePlanTable;
  basis_change: coverage.BasisChangeTable;
  basis_task: coverage.BasisTaskTable;

  replay_session: monitoring.ReplaySessionTable;
  device: monitoring.DeviceTable;
  point: monitoring.PointTable;
  device_factor: monitoring.DeviceFactorTable;
  device_note: monitoring.DeviceNoteTable;
  frame_refusal: monitoring.FrameRefusalTable;
  unmapped_factor: monitoring.UnmappedFactorTable;
  device_leniency: monitoring.DeviceLeniencyTable;
  gateway: monitoring.GatewayTable;
  quarantine: monitoring.QuarantineTable;
  reading: monitoring.ReadingTable;
  reading_chunk: monitoring.ReadingChunkTable;
  point_state: monitoring.PointStateTable;
  ingest_mark: monitoring.IngestMarkTable;
  reading_count: monitoring.ReadingCountTable;
  shared_item: sharing.SharedItemTable;
  shared_grant: sharing.SharedGrantTable;
  shared_use: sharing.SharedUseTable;
  webhook: webhook.WebhookTable;
  webhook_delivery: webhook.WebhookDeliveryTable;

  point_day: quality.PointDayTable;
  point_day_mark: quality.PointDayMarkTable;
  point_day_closed: quality.PointDayClosedTable;
  quality_finding: quality.QualityFindingTable;
  intake_source: intake.IntakeSourceTable;
  intake_kind: intake.IntakeKindTable;
  intake_message: intake.IntakeMessageTable;
  suspected_event: intake.SuspectedEventTable;
  service_window: quality.ServiceWindowTable;
  reading_correction: quality.ReadingCorrectionTable;
  town_population: quality.TownPopulationTable;
  blind_spot: quality.BlindSpotTable;
  blind_mark: quality.BlindMarkTable;
  analytics_result: intake.AnalyticsResultTable;

  sign_state: warning.SignStateTable;
  alarm: warning.AlarmTable;
  warning: warning.WarningTable;
  alarm_hold: warning.AlarmHoldTable;
  warning_evidence: warning.WarningEvidenceTable;
  warning_change: warning.WarningChangeTable;

  work_order: response.WorkOrderTable;
  work_order_step: response.WorkOrderStepTable;
  work_order_entry: response.WorkOrderEntryTable;
  attachment: response.AttachmentTable;
  deadline: response.DeadlineTable;
  reminder: response.ReminderTable;

  calendar_year: command.CalendarYearTable;
  calendar_day: command.CalendarDayTable;
  contact: command.ContactTable;
  emergency_store: command.EmergencyStoreTable;
  roster: command.RosterTable;
  roster_seat: command.RosterSeatTable;
  roster_member: command.RosterMemberTable;
  duty_shift: command.DutyShiftTable;
  shift_swap: command.ShiftSwapTable;
  handover: command.HandoverTable;
  handover_note: command.HandoverNoteTable;
  duty_log: command.DutyLogTable;
  duty_person: command.DutyPersonView;
  duty_deputy: command.DutyDeputyView;

  fault: operations.FaultTable;
  fault_entry: operations.FaultEntryTable;
}
