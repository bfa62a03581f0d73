export { advanceFault } from './advance-fault.ts';
export { countFaults } from './count-faults.ts';
export { followData } from './follow-data.ts';
export { followRefusals } from './follow-refusals.ts';
export { getFault } from './get-fault.ts';
export { listFaults } from './list-faults.ts';
export { quietSince, quietSources } from './quiet-sources.ts';
export { reportFault, reportPoint } from './report-fault.ts';
export { FaultWatch } from './watch-faults.ts';
export type { HouseFinding } from './watch-house.ts';
export {
  describeTest,
  type FiledStage,
  fileStage,
  finishTest,
  interruptTests,
  queueDailyTest,
  startWaitingTest,
  type TestEnd,
  type WaitingTest,
} from './chain-test/file-chain-test.ts';
export { getChainTest, listChainTests } from './chain-test/list-chain-tests.ts';
export { requestChainTest } from './chain-test/request-chain-test.ts';
export { type AliveFacts, loadAliveFacts } from './alive-facts.ts';
export type { EventFacts } from './reconciliation/check-events.ts';
export { listMismatches, listReconciliations, reconcileNow } from './reconciliation/list-reconciliations.ts';
export { isReconciliationDue, reconcile } from './reconciliation/reconcile.ts';
export { hearWatchdog, listWatchdogs, retireWatchdog } from './watchdog/watchdogs.ts';
