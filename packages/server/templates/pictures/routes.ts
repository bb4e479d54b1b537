import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { Logger } from '../../common/log.ts';
import { NoSpaceError } from '../../storage/index.ts';
import { UPLOADS } from './address.ts';
import { collect, UploadBroken } from './collect.ts';
import type { Outcome } from './store-picture.ts';
import type { Incoming } from './types.ts';

/** Bytes: far more than a mark on a video needs. */
export const MAX_PICTURE_BYTES = 4 * 1024 * 1024;
/** From the head of a request to its last byte, ms. */
const BODY_MS = 60_000;
/** How long the rest of a refused request is read, ms. */
const LINGER_MS = 5000;
/** Pictures that come in at once, all in memory. */
const MAX_AT_ONCE = 8;

const ANSWERS: Record<Outcome, [status: number, text: string]> = {
  stored: [200, ''],
  unknown: [404, 'there is no such address'],
  forbidden: [403, 'the signature is wrong'],
  expired: [403, 'the address has expired: ask for another one'],
  taken: [409, 'another picture was sent to this address: ask for another one'],
  noPicture: [415, 'the body is no picture of the kind that the address was asked for'],
};
const BROKEN = {
  tooLarge: [413, `a picture has at most ${MAX_PICTURE_BYTES} bytes`],
  tooSlow: [408, 'the picture took too long'],
  clientGone: [400, 'the picture did not arrive'],
} as const;

export interface UploadRoute {
  objectionTo(incoming: Incoming): Promise<Outcome | null>;
  store(incoming: Incoming, bytes: Buffer): Promise<Outcome>;
  log: Logger;
}

/** `PUT /watermark-uploads/<appId>/<id>.<extension>?sign=…`: the body is the picture. Statuses are those of HTTP. */
export function registerPictureUploads(app: FastifyInstance, route: UploadRoute): void {
  let atOnce = 0;
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const incoming = incomingOf(request.url ?? '');
    if (!incoming) return answer(response, ANSWERS.unknown);
    if (atOnce >= MAX_AT_ONCE) return answer(response, [503, 'too many pictures at once, try again later']);
    atOnce += 1;
    try {
      const objection = await route.objectionTo(incoming);
      if (objection) return answer(response, ANSWERS[objection]);
      const bytes = await collect(request, { maxBytes: MAX_PICTURE_BYTES, timeoutMs: BODY_MS });
      answer(response, ANSWERS[await route.store(incoming, bytes)]);
    } catch (error) {
      if (error instanceof UploadBroken) return answer(response, BROKEN[error.reason]);
      if (error instanceof NoSpaceError) return answer(response, [507, 'the disk of the service is full']);
      route.log.error({ err: error }, 'a picture could not be stored');
      answer(response, [503, 'the picture could not be stored, try again later']);
    } finally {
      atOnce -= 1;
    }
  };
  // In onRequest, because after it Fastify would judge content type and body.
  app.route({
    method: 'PUT',
    url: `/${UPLOADS}/:appId/:name`,
    onRequest(request, reply) {
      reply.hijack();
      serve(request.raw, reply.raw).catch((error: unknown) => {
        route.log.error({ err: error }, 'a picture was not answered');
        reply.raw.destroy();
      });
    },
    handler() {},
  });
}

/** The signature comes after `?`, or after `&` as a sample of the documents joins it. */
function incomingOf(url: string): Incoming | null {
  const match =
    /^\/[^/]+\/(\d{1,20})\/(\d{1,20})\.(jpg|png)[?&](?:[^#]*&)?sign=([0-9a-f]{1,128})(?:&|$)/.exec(url);
  if (!match) return null;
  const [, appId = '', id = '', extension = '', sign = ''] = match;
  return { appId, id, extension, sign };
}

/** The rest of a request that is refused is read and thrown away, so that its client sees the answer; but not for ever. */
function answer(response: ServerResponse, [status, text]: readonly [number, string]): void {
  if (response.headersSent || response.destroyed) return;
  const body = text === '' ? '' : `${text}\n`;
  response.writeHead(status, {
    'content-type': 'text/plain; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    ...(status === 200 ? {} : { connection: 'close' }),
  });
  const request = response.req;
  if (request.readableEnded) return void response.end(body);
  response.write(body);
  const timer = setTimeout(() => request.destroy(), LINGER_MS).unref();
  request.once('close', () => clearTimeout(timer)).once('end', () => response.end());
  request.resume();
}
