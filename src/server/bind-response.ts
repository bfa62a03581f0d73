import { handRoutes, responseRoutes } from '#contract/response';
import * as response from '#services/response';

import { bind, type Bound } from './http/bind.ts';

/** 闭环处置全流程. */
export function bindResponse(): readonly Bound[] {
  return [
    bind(responseRoutes.listWorkOrders, (context, { query }) => response.listWorkOrders(context, query)),
    bind(responseRoutes.getWorkOrder, (context, { params }) => response.getWorkOrder(context, params.id)),
    bind(responseRoutes.advanceWorkOrder, (context, { params, body }) =>
      response.advanceWorkOrder(context, params.id, body),
    ),
    bind(responseRoutes.uploadAttachment, (context, { params, query, raw, contentType }) =>
      response.attachPhoto(context, params.id, { ...query, mediaType: contentType, content: raw }),
    ),
    bind(responseRoutes.supplementWorkOrder, (context, { params, body }) =>
      response.supplementOrder(context, params.id, body),
    ),
    bind(responseRoutes.noteWorkOrder, (context, { params, body }) =>
      response.noteOrder(context, params.id, body),
    ),
    bind(responseRoutes.getAttachment, async (context, { params }, reply) => {
      const found = await response.getAttachment(context, params.id);
      await reply
        .type(found.mediaType)
        .header('content-disposition', `inline; filename*=UTF-8''${encodeURIComponent(found.name)}`)
        .header('x-content-type-options', 'nosniff')
        .header('content-security-policy', "sandbox; default-src 'none'")
        .header('cache-control', 'private, max-age=86400, immutable')
        .send(found.content);
      return null;
    }),
    bind(handRoutes.planWorkOrder, (context, { query }) => response.planWorkOrder(context, query)),
    bind(handRoutes.openWorkOrder, (context, { body }) => response.openWorkOrder(context, body)),
    bind(handRoutes.openPart, (context, { params, body }) => response.openPart(context, params.id, body)),
  ];
}
