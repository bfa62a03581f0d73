export { acknowledgeEscalation } from './acknowledge-escalation.ts';
export { getOverdueList } from './overdue/get-overdue-list.ts';
export { writeOverdueList } from './overdue/write-overdue-list.ts';
export { getSupervision, listSupervisions } from './supervision/list-supervisions.ts';
export { issueSupervision } from './supervision/issue-supervision.ts';
export {
  answerSupervision,
  closeSupervision,
  extendSupervision,
  returnSupervision,
} from './supervision/direct-supervision.ts';
export { runSupervisions } from './supervision/run-supervisions.ts';
export { amendOrder } from './closure/amend-order.ts';
export { checkSample } from './closure/check-sample.ts';
export { drawSamples } from './closure/draw-samples.ts';
export { getClosureQuality } from './closure/get-closure-quality.ts';
export { listSamples, samplesWaiting } from './closure/list-samples.ts';
export { advanceWorkOrder } from './advance-work-order.ts';
export { openPart } from './by-hand/open-part.ts';
export { openWorkOrder, planWorkOrder } from './by-hand/open-by-hand.ts';
export { attachPhoto, PHOTO_LIMIT } from './attach-photo.ts';
export { cleanPhoto } from './photo/clean-photo.ts';
export { type AttachmentContent, getAttachment } from './get-attachment.ts';
export { ordersOnDesk } from './desk/orders-on-desk.ts';
export { overdueSince } from './desk/overdue-since.ts';
export { forgetTracks } from './forget-tracks.ts';
export { getWorkOrder } from './get-work-order.ts';
export { HandDesk, type Visitor } from './link/hand-desk.ts';
export { endOrderLink, issueOrderLink, listOrderLinks } from './link/order-links.ts';
export { listWorkOrders } from './list-work-orders.ts';
export { type OpenedOrders, openWorkOrders } from './open-work-orders.ts';
export { noteOrder } from './note-order.ts';
export { supplementOrder } from './supplement-order.ts';
export { changeActivation } from './activation/change-activation.ts';
export { putMeasures } from './activation/put-measures.ts';
export { getActivation, listActivations } from './activation/list-activations.ts';
export { startActivation } from './activation/start-activation.ts';
export { advanceIncident } from './incident/advance-incident.ts';
export { askForm, endForm } from './incident/ask-form.ts';
export { followOrders } from './incident/follow-orders.ts';
export { answerForm, getForm, listFormsDue } from './incident/form-answers.ts';
export { runForms } from './incident/form-round.ts';
export { getIncident } from './incident/get-incident.ts';
export { listIncidentEntries, listIncidentOrders, listIncidents } from './incident/list-incidents.ts';
export { adoptOrders, openIncident } from './incident/open-incident.ts';
export { answerPart, callPart, waivePart } from './incident/parts.ts';
export { releaseOrders } from './incident/release-orders.ts';
export { watchLoops } from './incident/watch-loops.ts';
export { answerInject, listWaitingInjects } from './drill/answer-inject.ts';
export { getDrill, listDrills, listDrillScripts } from './drill/list-drills.ts';
export { abortDrill, assessDrill, type DrillBook, planDrill, startDrill } from './drill/run-drill.ts';
export {
  drillsToOpen,
  drillsToTell,
  type DrillToOpen,
  moveDrills,
  noteTold,
  sessionsToEnd,
  takeStand,
} from './drill/run-drills.ts';
export { stopDrillsOnRed } from './drill/stop-on-red.ts';
export { sendBackRisen } from './gates/send-back-risen.ts';
export { takeVerdicts } from './take-verdicts.ts';
export type { WarningHappening } from './warning-happening.ts';
export { endSuspensions } from './suspension/resume-orders.ts';
export { runAllDeadlines } from './run-all-deadlines.ts';
export type { AdvanceRequest } from './save-advance.ts';
export {
  closeTestOrders,
  findTestOrder,
  type TestHands,
  workTestOrder,
} from './self-test/work-test-orders.ts';
export { partsWaiting } from './incident/parts-waiting.ts';
export { supervisionsWaiting } from './supervision/supervisions-waiting.ts';
