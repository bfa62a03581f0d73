export {
  CHAIN_PROTOCOLS,
  CHAIN_STAGE_HINT,
  CHAIN_STAGE_TEXT,
  CHAIN_STAGES,
  CHAIN_TEST_STATE_TEXT,
  CHAIN_TEST_STATES,
  type ChainProtocol,
  type ChainStage,
  type ChainTestState,
} from './chain-test.ts';
export {
  deviceKey,
  FAULT_ACTION_TEXT,
  FAULT_ACTIONS,
  FAULT_FINDER_TEXT,
  FAULT_FINDERS,
  FAULT_REQUIREMENTS,
  FAULT_STATE_TEXT,
  FAULT_STATES,
  FAULT_SUBJECT_TEXT,
  FAULT_SUBJECTS,
  type FaultAction,
  type FaultFinder,
  type FaultRequirement,
  type FaultState,
  type FaultSubject,
  type FaultSubjectKind,
} from './fault.ts';
export {
  FAULT_KIND_RULES,
  FAULT_KINDS,
  type FaultKind,
  REPORTED_KINDS,
  type ReportedKind,
} from './fault-kind.ts';
export {
  MISMATCH_KINDS,
  MISMATCH_RULES,
  MISMATCH_SUBJECTS,
  type MismatchKind,
  type MismatchSubject,
} from './mismatch.ts';
