export { advanceFault } from './advance-fault.ts';
export { countFaults } from './count-faults.ts';
export { followData } from './follow-data.ts';
export { getFault } from './get-fault.ts';
export { listFaults } from './list-faults.ts';
export { quietSince, quietSources } from './quiet-sources.ts';
export { reportFault } from './report-fault.ts';
export { FaultWatch } from './watch-faults.ts';
export type { HouseFinding } from './watch-house.ts';
