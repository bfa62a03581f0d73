import {
  analyticsRoutes,
  backFillRoutes,
  eventRoutes,
  intakeRoutes,
  noteRoutes,
  socialRoutes,
} from '#contract/monitoring';
import * as monitoring from '#services/monitoring';
import * as platform from '#services/platform';
import { cleanPhoto } from '#services/response';
import type { FastifyReply } from 'fastify';

import type { App } from './app.ts';
import { bind, type Bound } from './http/bind.ts';

/** What pushes by HTTP, what it has brought that a person must look at, and what devices send besides numbers. */
export function bindIntake(app: App): readonly Bound[] {
  const { desk, intake } = app;
  const filling = {
    desk,
    runs: new monitoring.BackFillRuns(),
    readSheet: platform.readSheet,
    readCsv: platform.readCsv,
  };
  return [
    bind(intakeRoutes.push, (context, { params, query, raw, contentType }, reply) =>
      monitoring.takePush(intake, {
        ...params,
        address: context.actor.address,
        token: query.token,
        header: headerOf(reply, 'puan-token'),
        signature: headerOf(reply, 'puan-signature'),
        raw,
        contentType,
      }),
    ),
    bind(intakeRoutes.verifyOnenet, async (_context, { params, query }, reply) => {
      await reply
        .type('text/plain; charset=utf-8')
        .send(await monitoring.verifyOnenet(intake, { ...params, ...query }));
      return '';
    }),
    bind(intakeRoutes.listIntakeSources, monitoring.listSources),
    bind(intakeRoutes.createIntakeSource, monitoring.createSource),
    bind(intakeRoutes.updateIntakeSource, monitoring.updateSource),
    bind(intakeRoutes.listIntakeKinds, monitoring.listKinds),
    bind(intakeRoutes.putIntakeKinds, monitoring.putKinds),
    bind(intakeRoutes.listIntakeMessages, monitoring.listMessages),
    bind(intakeRoutes.listVideoPresets, (context) => monitoring.listPresets(context)),
    bind(intakeRoutes.tryMapping, monitoring.tryMapping),
    bind(analyticsRoutes.postAnalyticsResult, (context, input) =>
      monitoring.postResult(context, { desk, storage: app.storage }, input),
    ),
    bind(analyticsRoutes.listAnalyticsResults, monitoring.listResults),
    bind(backFillRoutes.backFill, (context, input) => monitoring.backFill(context, filling, input)),
    bind(backFillRoutes.listBackFills, (context) => monitoring.listBackFills(context, filling)),
    ...bindReports(app),
    bind(eventRoutes.listSuspectedEvents, monitoring.listEvents),
    bind(eventRoutes.getSuspectedEvent, monitoring.getEvent),
    bind(eventRoutes.getEventPicture, async (context, { params, query }, reply) => {
      const wanted = { id: params.id, number: query.number };
      await sendPicture(reply, await monitoring.getPicture(context, intake.pictures, wanted));
      return null;
    }),
    bind(noteRoutes.listDeviceNotes, monitoring.listNotes),
    bind(noteRoutes.getNotePicture, async (context, { params }, reply) => {
      await sendPicture(reply, await monitoring.getNotePicture(context, intake.pictures, params.id));
      return null;
    }),
    bind(eventRoutes.confirmEvent, (context, input) => monitoring.confirmEvent(context, desk, input)),
    bind(eventRoutes.rejectEvent, (context, input) => monitoring.rejectEvent(context, desk, input)),
    bind(eventRoutes.endEvent, (context, input) => monitoring.endEvent(context, desk, input)),
  ];
}

/** 上报: what people report themselves, by form or phone. */
function bindReports({ intake }: App): readonly Bound[] {
  return [
    bind(socialRoutes.reportEvent, monitoring.reportEvent),
    bind(socialRoutes.addReportPicture, (context, { params, query, raw, contentType }) =>
      monitoring.addReportPicture(
        context,
        { pictures: intake.pictures, clean: cleanPhoto },
        {
          id: params.id,
          given: { content: raw, mediaType: contentType, sha256: query.sha256 },
        },
      ),
    ),
    bind(socialRoutes.listMyReports, monitoring.listMyReports),
  ];
}

/** Pictures are named by their content: what a browser has had does not change. */
function sendPicture(
  reply: FastifyReply,
  { mediaType, content }: { readonly mediaType: string; readonly content: Buffer },
): FastifyReply {
  return reply
    .type(mediaType)
    .header('content-disposition', 'inline')
    .header('x-content-type-options', 'nosniff')
    .header('cache-control', 'private, max-age=86400, immutable')
    .send(content);
}

/** A header that was sent once. */
function headerOf(reply: FastifyReply, name: string): string | undefined {
  const value = reply.request.headers[name];
  return typeof value === 'string' ? value : undefined;
}
