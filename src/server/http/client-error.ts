import type { Socket } from 'node:net';

import { AppError } from '#base';

import type { App } from '../app.ts';
import { problemOf } from './problem-reply.ts';

/** As Node has it, unless told: name and value of all headers, with the address. */
const HEADERS_LIMIT = '16 KB';

/**
 * Answers what is no HTTP before there is a request: two lengths, a broken header, headers longer than any, a sender that
 * stops half-way. It gets a problem document like any other refusal, and its connection ends.
 */
export function answerClientError(
  app: Pick<App, 'refused'>,
  error: Error & { readonly code?: string },
  socket: Socket,
): void {
  // Whoever has gone hears nothing.
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const { problem } = problemOf(refusalOf(error.code), 0);
  app.refused(problem.code);
  const body = Buffer.from(JSON.stringify(problem));
  const head = [
    `HTTP/1.1 ${problem.status} Refused`,
    'Content-Type: application/problem+json; charset=utf-8',
    `Content-Length: ${body.length}`,
    'X-Content-Type-Options: nosniff',
    'Connection: close',
  ];
  if (socket.writable) socket.end(Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), body]));
  else socket.destroy();
}

function refusalOf(code: string | undefined): AppError {
  if (code === 'HPE_HEADER_OVERFLOW')
    return new AppError('input.too-large', { limit: `${HEADERS_LIMIT}（请求头）` });
  const issues =
    code === 'ERR_HTTP_REQUEST_TIMEOUT' ? '请求没有在规定时间内发完' : '不是有效的 HTTP 请求，或没有发完';
  return new AppError('input.invalid', { issues });
}
