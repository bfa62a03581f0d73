export type { MonitoringDesk } from './desk.ts';
export { testFrames } from './test-frames.ts';
export { changeDevice } from './change-device.ts';
export { getDevice } from './get-device.ts';
export { DeviceBook, loadDevices } from './device-book.ts';
export { changeGateway, cutGatewaySession, openGateway, removeGateway } from './gateways/change-gateways.ts';
export { commandDevice } from './gateways/command-device.ts';
export type { GatewayControl, GatewaySetting } from './gateways/gateway-control.ts';
export { listGateways, listGatewaySessions } from './gateways/list-gateways.ts';
export { seedGateways } from './gateways/seed-gateways.ts';
export { GatewayLedger } from './gateway-ledger.ts';
export { Ingest, type IngestCounts } from './ingest.ts';
export { listDevices, listQuarantine } from './list-devices.ts';
export { listPoints } from './list-points.ts';
export { listReadings } from './list-readings.ts';
export { getNotePicture, listNotes } from './notes/list-notes.ts';
export { NoteStore } from './notes/note-store.ts';
export { listRollUps } from './list-roll-ups.ts';
export { expectVersion, forgetVersion } from './expect-version.ts';
export { movePoints } from './move-points.ts';
export { rebindSigns } from './rebind-signs.ts';
export { refitPoints } from './refit-points.ts';
export { postReadings } from './post-readings.ts';
export { followReach } from './composites/follow-reach.ts';
export { placeComposites } from './composites/place-composites.ts';
export { listFireWeather } from './fire-weather/list-fire-weather.ts';
export { runFireWeather } from './fire-weather/run-fire-weather.ts';
export { askSensorThings, getSensorThingsRoot } from './sensorthings/ask-sensorthings.ts';
export { EntityFeed } from './sensorthings/entity-feed.ts';
export { openEntityTopic } from './sensorthings/subscribe-entities.ts';
export { ObservationFeed } from './sensorthings/observation-feed.ts';
export { openObservationTopic } from './sensorthings/subscribe-observations.ts';
export { exportReadings, type ReadingExport } from './export/export-readings.ts';
export { createSharedGrant, endSharedGrant, listSharedGrants } from './sharing/change-grants.ts';
export { createSharedItem, listSharedItems, withdrawSharedItem } from './sharing/change-items.ts';
export { exportSharedItem, getSharedUse, readSharedGrant } from './sharing/read-shared.ts';
export {
  createWebhook,
  listWebhookDeliveries,
  listWebhooks,
  removeWebhook,
  resendDelivery,
} from './webhook/change-webhooks.ts';
export { forgetDeliveries, pauseWebhook, resumeWebhook } from './webhook/pause-webhooks.ts';
export { deliverWebhooks } from './webhook/deliver-webhooks.ts';
export { queueReadings } from './webhook/queue-readings.ts';
export { queueWarnings, TOLD_WARNINGS } from './webhook/queue-warnings.ts';
export { recover } from './recover.ts';
export { registerDevice } from './register-device.ts';
export { registerPoint } from './register-point.ts';
export { endReplaySession, listReplaySessions, openReplaySession } from './replay-sessions.ts';
export { claimRehearsal, rehearse, requeueRehearsals } from './rehearsal/rehearse.ts';
export type { IntakeDesk } from './intake/intake-desk.ts';
export { keepInTime } from './retention/keep-in-time.ts';
export { confirmClock } from './retention/confirm-clock.ts';
export { mayForget } from './retention/may-forget.ts';
export { listKept } from './retention/list-kept.ts';
export { listMessages } from './intake/list-messages.ts';
export { listPresets, listSources } from './intake/list-sources.ts';
export { listKinds, putKinds } from './intake/save-kinds.ts';
export { createSource, updateSource } from './intake/save-source.ts';
export { takePush } from './intake/take-push.ts';
export { tryMapping } from './intake/try-mapping.ts';
export { verifyOnenet } from './intake/verify-onenet.ts';
export { confirmEvent, endEvent, rejectEvent } from './suspected/decide-event.ts';
export { getPicture } from './suspected/get-picture.ts';
export { getEvent, listEvents } from './suspected/list-events.ts';
export { countBlindSpots } from './blind/count-blind-spots.ts';
export { listBlindObjects, listBlindPoints } from './blind/list-blind-points.ts';
export { listBlindSpots } from './blind/list-blind-spots.ts';
export { takeBlindSpots } from './blind/take-blind-spots.ts';
export { getRarity } from './detectors/get-rarity.ts';
export { confidencesOf, getConfidence } from './quality/get-confidence.ts';
export { getPipeline } from './quality/get-pipeline.ts';
export { listFindings } from './quality/list-findings.ts';
export { listGaps } from './quality/list-gaps.ts';
export { listQuality } from './quality/list-quality.ts';
export { QualityWatch } from './quality/quality-watch.ts';
export { recountCorrected } from './quality/recount-corrected.ts';
export { serveWindows } from './quality/serve-windows.ts';
export { createCorrection, listCorrections, withdrawCorrection } from './quality/write-correction.ts';
export {
  createServiceWindow,
  endServiceWindow,
  listServiceWindows,
  reviewServiceWindow,
} from './quality/write-service-window.ts';
export { listResults } from './analytics/list-results.ts';
export { postResult } from './analytics/post-result.ts';
export { addReportPicture } from './suspected/add-report-picture.ts';
export { listMyReports } from './suspected/list-my-reports.ts';
export { reportEvent } from './suspected/report-event.ts';
export { backFill, listBackFills } from './back-fill/back-fill.ts';
export { BackFillRuns } from './back-fill/back-fill-runs.ts';
export { findAlarm, findSign, findStored, type Traced } from './self-test/find-traces.ts';
export { openStand, type TestStand } from './self-test/open-stand.ts';
export { type ChainPlan, planTest } from './self-test/plan-test.ts';
export { eventsWaiting } from './suspected/events-waiting.ts';
export { endMarkedSessions, openMarkedSession } from './marked-session.ts';
export { openDrillStand } from './drill/open-drill-stand.ts';
export { tellDrillPoints } from './drill/tell-drill-points.ts';
