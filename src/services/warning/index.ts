export { acknowledgeWarning } from './acknowledge-warning.ts';
export { closeWarnings } from './close-warnings.ts';
export { followAlarms } from './follow-alarms.ts';
export { getSignRecord } from './get-sign-record.ts';
export { type ConfidencesOf, getWarning } from './get-warning.ts';
export { listWarnings, type WarningPage } from './list-warnings.ts';
