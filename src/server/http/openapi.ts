import { ERROR_STATUS } from '#base';
import { problem, type Route } from '#contract/http';
import { z } from 'zod';

/** The OpenAPI 3.1 document of these routes: generated from the same schemas that check requests. */
export function openApi(routes: readonly Route[]): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routes) {
    const path = route.path.replaceAll(/:(\w+)/gu, '{$1}').replace(/\*$/u, '{path}');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: '浦安 Puan',
      version: '0.1.0',
      description: '城市安全风险综合监测预警平台。时间一律为毫秒时间戳；错误为 RFC 9457，code 稳定。',
    },
    paths,
    components: {
      schemas: { Problem: jsonSchema(problem, 'output') },
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        cookie: { type: 'apiKey', in: 'cookie', name: 'puan_session' },
      },
    },
    'x-error-codes': Object.entries(ERROR_STATUS).map(([code, status]) => ({ code, status })),
  };
}

function operation(route: Route): object {
  const status = String(route.status ?? 200);
  const hasReply = route.status !== 204;
  return {
    operationId: `${route.method.toLowerCase()}${route.path.replaceAll(/[^A-Za-z0-9]+(\w)/gu, (_, c: string) => c.toUpperCase())}`,
    tags: [route.room],
    summary: route.summary,
    security: route.access === 'public' ? [] : [{ bearer: [] }, { cookie: [] }],
    'x-access': route.access,
    parameters: [...parameters(route.params, 'path'), ...parameters(route.query, 'query')],
    ...requestBody(route),
    responses: {
      [status]: hasReply
        ? {
            description: '成功',
            content: { 'application/json': { schema: jsonSchema(route.reply, 'output') } },
          }
        : { description: '成功，没有内容' },
      default: {
        description: '拒绝或出错',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  };
}

function requestBody(route: Route): object {
  if (route.rawBody) {
    const content = Object.fromEntries(route.rawBody.types.map((type) => [type, {}]));
    return { requestBody: { required: true, content } };
  }
  if (route.body instanceof z.ZodUndefined) return {};
  return {
    requestBody: {
      required: true,
      content: { 'application/json': { schema: jsonSchema(route.body, 'input') } },
    },
  };
}

function parameters(schema: z.ZodType, where: 'path' | 'query'): readonly object[] {
  const json = jsonSchema(schema, 'input') as { properties?: Record<string, object>; required?: string[] };
  return Object.entries(json.properties ?? {}).map(([name, property]) => ({
    // The tail of a path has no name of its own.
    name: name === '*' ? 'path' : name,
    in: where,
    required: where === 'path' || (json.required ?? []).includes(name),
    schema: property,
  }));
}

function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): object {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Record<
    string,
    unknown
  >;
  return rest;
}
