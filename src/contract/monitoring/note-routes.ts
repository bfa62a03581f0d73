import { idParams, moment, pageOf, pageQuery, route } from '#contract/http';
import { NOTE_KINDS } from '#model/monitoring';
import { z } from 'zod';

const room = 'monitoring';
const NOTES = '/api/v1/device-notes';

/** 图文报: a picture or a text that a device sent. Moments in epoch ms. */
export const deviceNote = z.object({
  id: z.number().int(),
  device: z.object({ id: z.number().int(), code: z.string(), protocol: z.string() }),
  kind: z.enum(NOTE_KINDS),
  /** By the device's clock. */
  observedAt: z.number(),
  receivedAt: z.number(),
  /** The device's clock was wrong: it stands in the order of time as it was received. */
  wrongClock: z.boolean(),
  pictureBytes: z.number().int().nullable(),
  text: z.string().nullable(),
  /** What the text says with element codes of the device's standard. */
  values: z.array(z.object({ element: z.string(), name: z.string(), value: z.number(), unit: z.string() })),
  replaySession: z.number().int().nullable(),
  simulated: z.boolean(),
});
export type DeviceNoteView = z.infer<typeof deviceNote>;

export const listDeviceNotes = route({
  method: 'GET',
  path: NOTES,
  room,
  summary: '图文报：设备发来的图片与人工置数，新的在前；可以只看一台设备的，或接在一个对象上的各台设备的',
  access: 'reading.read',
  query: pageQuery.extend({
    device: z.coerce.number().int().positive().optional(),
    object: z.string().min(1).max(100).optional(),
    from: moment.optional(),
    to: moment.optional(),
  }),
  reply: pageOf(deviceNote),
});

export const getNotePicture = route({
  method: 'GET',
  path: `${NOTES}/:id/picture`,
  room,
  summary: '图片报的图片',
  access: 'reading.read',
  params: idParams,
  reply: z.null(),
});
