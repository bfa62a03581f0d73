import type {
  CalendarDayKind,
  CallOutcome,
  HandoverState,
  LogKind,
  ShiftStatus,
  SwapState,
  Turn,
} from '#model/command';

import type { Generated, Json, MaybeMoment, Moment } from './columns.ts';

/** Columns that every scoped table of the room has: those of its platform. */
interface Placed {
  place: number;
  scenario: number | null;
}

export interface CalendarYearTable {
  calendar_id: string;
  year: number;
  source: string;
  edited_by: string | null;
  edited_at: MaybeMoment;
  version: Generated<number>;
}

export interface CalendarDayTable {
  calendar_id: string;
  day: string;
  kind: CalendarDayKind;
  name: string;
}

export interface ContactTable extends Placed {
  id: Generated<number>;
  platform_id: number;
  name: string;
  unit: string | null;
  title: string | null;
  phone_sealed: string | null;
  phone_masked: string | null;
  phone_public: Generated<boolean>;
  tags: Generated<string[]>;
  team_id: number | null;
  note: string | null;
  simulated: Generated<boolean>;
  retired_at: MaybeMoment;
  version: Generated<number>;
}

export interface EmergencyStoreTable extends Placed {
  id: Generated<number>;
  platform_id: number;
  name: string;
  address: string | null;
  lat: number;
  lon: number;
  keeper_id: number | null;
  items: Json<object[]>;
  checked_at: MaybeMoment;
  note: string | null;
  simulated: Generated<boolean>;
  retired_at: MaybeMoment;
  version: Generated<number>;
}

export interface RosterTable extends Placed {
  id: Generated<number>;
  platform_id: number;
  name: string;
  calendar_id: string;
  pattern: Json<object>;
  handover_required: Generated<boolean>;
  retired_at: MaybeMoment;
  created_at: Moment;
  version: Generated<number>;
}

export interface RosterSeatTable extends Placed {
  id: Generated<number>;
  roster_id: number;
  position: number;
  name: string;
  turn: Turn;
  own_holiday_rota: boolean;
  retired_at: MaybeMoment;
}

export interface RosterMemberTable extends Placed {
  seat_id: number;
  for_holidays: boolean;
  position: number;
  account_id: number | null;
  contact_id: number | null;
}

export interface DutyShiftTable extends Placed {
  id: Generated<number>;
  roster_id: number;
  seat_id: number;
  from_at: Moment;
  to_at: Moment;
  account_id: number | null;
  contact_id: number | null;
  status: ShiftStatus;
  day_off: Generated<boolean>;
  version: Generated<number>;
}

export interface ShiftSwapTable extends Placed {
  id: Generated<number>;
  roster_id: number;
  shift_id: number;
  with_shift_id: number;
  requester_id: number;
  other_id: number;
  reason: string;
  state: SwapState;
  requested_at: Moment;
  accepted_at: MaybeMoment;
  decided_at: MaybeMoment;
  decided_by: string | null;
  note: string | null;
}

export interface HandoverTable extends Placed {
  id: Generated<number>;
  platform_id: number;
  roster_id: number;
  seat_id: number;
  shift_id: number;
  state: HandoverState;
  written_at: Moment;
  document: string;
  hash: string;
  outgoing_id: number | null;
  outgoing_name: string | null;
  outgoing_acting_for: string | null;
  outgoing_at: MaybeMoment;
  incoming_id: number | null;
  incoming_name: string | null;
  incoming_acting_for: string | null;
  incoming_at: MaybeMoment;
}

export interface HandoverNoteTable extends Placed {
  id: Generated<number>;
  handover_id: number;
  at: Moment;
  by: string;
  text: string;
}

export interface DutyLogTable extends Placed {
  id: Generated<number>;
  platform_id: number;
  at: Moment;
  kind: LogKind;
  text: string;
  count: Generated<number>;
  last_seq: number | null;
  event_type: string | null;
  by: string | null;
  by_id: number | null;
  warning_id: number | null;
  work_order_id: number | null;
  contact_id: number | null;
  outcome: CallOutcome | null;
  for_handover: Generated<boolean>;
  copy: Generated<boolean>;
  idempotency_key: string | null;
  struck_at: MaybeMoment;
  struck_by: string | null;
  struck_reason: string | null;
  corrected_by_id: number | null;
  replay_session_id: number | null;
  simulated: Generated<boolean>;
}

/** View: who stands in rosters, and their deputies. */
export interface DutyPersonView {
  id: number;
  username: string;
  name: string;
  unit: string | null;
  title: string | null;
  phone_masked: string | null;
  phone_sealed: string | null;
  disabled_at: number | null;
  left_at: number | null;
  expires_at: number | null;
}

/** View: delegations of people who stand in rosters. */
export interface DutyDeputyView {
  id: number;
  principal_id: number;
  deputy_id: number;
  from_at: number;
  to_at: number;
}

export interface DeskLookTable {
  account_id: number;
  seat_id: number;
  looked_at: Moment;
}
