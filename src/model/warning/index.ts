export { HOLD_KIND_TEXT, HOLD_KINDS, type HoldKind } from './alarm-hold.ts';
export { type Level, LEVEL_TEXT, LEVELS, levelOf, type LevelRank, rankOf } from './level.ts';
export {
  WARNING_CHANGE_TEXT,
  WARNING_CHANGES,
  WARNING_STATE_TEXT,
  WARNING_STATES,
  type WarningChange,
  type WarningState,
} from './warning.ts';
