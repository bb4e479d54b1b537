import type { IncomingMessage } from 'node:http';
import { ApiError, type Pair, PUBLIC_ERRORS } from '@openvod/contract/v2';
import type { Route, Router } from '../actions.ts';
import type { LIMITS } from '../config.ts';
import { stepCodes } from '../errors.ts';
import { collectBody } from './body.ts';
import { type Form, parseForm } from './form.ts';
import { parseMultipart } from './multipart.ts';

/** What a request says, before anybody has judged it. */
export interface Received extends Form {
  route: Route;
  /** Path of the address, without the query. */
  path: string;
}

/**
 * Finds the action and its parameters (contract/common.yaml, transport.methods). The source is chosen by action, never
 * by content type, and sources are never mixed: upload calls have everything in the query, because their body is a
 * file; otherwise GET has it in the query and POST in the body.
 * @throws ApiError (4000) for a form that cannot be read; BodyError for one that does not arrive.
 */
export async function receive(
  request: IncomingMessage,
  router: Router,
  limits: typeof LIMITS,
): Promise<Received> {
  const url = request.url ?? '';
  const mark = url.indexOf('?');
  const path = mark === -1 ? url : url.slice(0, mark);
  const query = parseForm(mark === -1 ? '' : url.slice(mark + 1));
  const route = router(actionOf(query.pairs));
  if (request.method !== 'POST' || route.form !== 'text') return { ...query, route, path };
  const body = await parseBody(request, limits);
  return { ...body, route: refuseUpload(router(actionOf(body.pairs))), path };
}

function actionOf(pairs: readonly Pair[]): string | undefined {
  return pairs.findLast(([name]) => name === 'Action' || name === 'action')?.[1];
}

async function parseBody(request: IncomingMessage, limits: typeof LIMITS): Promise<Form> {
  const body = await collectBody(request, limits.formBytes, limits.formTimeoutMs);
  const contentType = request.headers['content-type'] ?? '';
  if (!/^multipart\/form-data/i.test(contentType)) return parseForm(body.toString('latin1'));
  try {
    return await parseMultipart(contentType, body);
  } catch (cause) {
    const message = 'the body is not the multipart form that its Content-Type announces';
    throw new ApiError(PUBLIC_ERRORS.InvalidParameter, message, { cause });
  }
}

/** An upload call whose Action came in a form: its body cannot be the file that it should be. */
function refuseUpload(route: Route): Route {
  if (route.form === 'text') return route;
  const message = 'Action: upload calls take every parameter from the query, their body is the file';
  return { handler: null, form: route.form, code: stepCodes(route.form).common, message };
}
