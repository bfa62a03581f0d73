import { idParams, moment, pageOf, pageQuery, route } from '#contract/http';
import { DATUMS } from '#model/platform';
import { z } from 'zod';

import { suspectedEvent } from './event-shapes.ts';

/** What somebody reports: what, in their words, and where, as far as it is known. */
export const socialReport = z.object({
  kind: z.string().min(1).max(60),
  text: z.string().min(2).max(1000),
  /** Code of a monitored object. */
  object: z.string().min(1).max(100).optional(),
  element: z.string().min(1).max(60).optional(),
  lat: z.number().min(-90).max(90).optional(),
  lon: z.number().min(-180).max(180).optional(),
  datum: z.enum(DATUMS).default('WGS84'),
  /** A name, looked for among objects and towns. */
  place: z.string().min(1).max(100).optional(),
  observedAt: moment.optional(),
  /** What the channel calls it: a work order of 12345; or the phone. Sent again by the same it is the same report. */
  key: z.string().min(1).max(100).optional(),
});
export type SocialReport = z.output<typeof socialReport>;

export const reportEvent = route({
  method: 'POST',
  path: '/api/v1/social-reports',
  room: 'monitoring',
  summary: '社会感知：12345、巡查或群众反映的一件事，成为待核实的疑似事件；大概是同一件事的归在一起',
  access: 'event.report',
  body: socialReport,
  reply: suspectedEvent,
  status: 201,
});

export const addReportPicture = route({
  method: 'POST',
  path: '/api/v1/social-reports/:id/picture',
  room: 'monitoring',
  summary: '给本人上报的事补一张照片（正文即图片字节），核实以前，至多 3 张；再传同一张不重复',
  access: 'event.report',
  params: idParams,
  query: z.object({
    /** SHA-256 of these bytes as the phone sealed them, in hex: another picture is refused. */
    sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/u)
      .optional(),
  }),
  rawBody: { types: ['image/jpeg', 'image/png', 'image/webp'], limitBytes: 8_000_000 },
  reply: suspectedEvent,
});

export const listMyReports = route({
  method: 'GET',
  path: '/api/v1/my-social-reports',
  room: 'monitoring',
  summary: '本人上报的事，新的在前：核实了没有、结果怎样',
  access: 'event.report',
  query: pageQuery,
  reply: pageOf(suspectedEvent),
});
