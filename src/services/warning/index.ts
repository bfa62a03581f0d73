export { acknowledgeWarning } from './acknowledge-warning.ts';
export { actOnWarnings } from './bulk/act-on-warnings.ts';
export { getSeatLoad } from './load/get-seat-load.ts';
export { createProposal } from './performance/create-proposal.ts';
export {
  getProposal,
  mendByProposal,
  rehearseProposal,
  rejectProposal,
  takeProposal,
} from './performance/decide-proposal.ts';
export { getActor } from './performance/get-actor.ts';
export { getPerformance } from './performance/get-performance.ts';
export { listNuisances } from './performance/list-nuisances.ts';
export { writeMonths } from './performance/write-months.ts';
export { guardLoad } from './load/guard-load.ts';
export { noteLoad } from './load/note-load.ts';
export { listCards, listCardWarnings } from './cards/list-cards.ts';
export { closeWarnings } from './close-warnings.ts';
export { heldAlarms } from './desk/held-alarms.ts';
export { warningsOnDesk } from './desk/warnings-on-desk.ts';
export { warningsSince } from './desk/warnings-since.ts';
export { followAlarms } from './follow-alarms.ts';
export { getSignRecord } from './get-sign-record.ts';
export type { ConfidencesOf } from './evidence-view.ts';
export { getWarning } from './get-warning.ts';
export { judgeWarning } from './life/judge-warning.ts';
export { reopenWarning } from './life/reopen-warning.ts';
export { runReAlarms } from './life/run-re-alarms.ts';
export { askMore, confirmAlarm, refuseAlarm } from './verification/decide-alarm.ts';
export { followHolds } from './verification/follow-holds.ts';
export { getVerification } from './verification/get-verification.ts';
export { listVerifications } from './verification/list-verifications.ts';
export { runVerifications } from './verification/run-verifications.ts';
export { listWarnings, type WarningPage } from './list-warnings.ts';
export { CASCADE_EVENTS, watchCascades } from './cascade/watch-cascades.ts';
export { GraphBook } from './cascade/graph-book.ts';
export { loadDependencyRules } from './cascade/load-dependency-rules.ts';
export { runCascades } from './cascade/run-cascades.ts';
export { findTestWarning } from './self-test/find-test-warning.ts';
export { acknowledgeCascade } from './cascade/acknowledge-cascade.ts';
export { listDependencyRules, updateDependencyRule } from './cascade/dependency-rules.ts';
export { getCascade } from './cascade/get-cascade.ts';
export { listCascades } from './cascade/list-cascades.ts';
export { confirmShelf } from './shelves/confirm-shelf.ts';
export { createShelf } from './shelves/create-shelf.ts';
export { endShelf } from './shelves/end-shelf.ts';
export { listShelves } from './shelves/list-shelves.ts';
export { prolongShelf } from './shelves/prolong-shelf.ts';
export { runShelves } from './shelves/run-shelves.ts';
export { listHeldAlarms, listHolders } from './suppression/list-holders.ts';
export { listObjectHolds } from './suppression/object-holds.ts';
export { runSuppression } from './suppression/run-suppression.ts';
export {
  changeSuppressionRule,
  createSuppressionRule,
  endSuppressionRule,
  listSuppressionRules,
} from './suppression/write-rule.ts';
export { verificationsWaiting } from './verification/verifications-waiting.ts';
