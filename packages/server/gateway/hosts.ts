import type { IncomingMessage } from 'node:http';
import { type Action, ApiError, PUBLIC_ERRORS } from '@openvod/contract/v2';
import type { AnswerForm } from './actions.ts';
import type { GatewayConfig } from './config.ts';
import { stepCodes } from './errors.ts';

/** The original's hosts and what each served (contract/common.yaml, hosts). */
const TEXT_HOST = 'vod.api.qcloud.com';
const UPLOAD_HOST = 'vod2.qcloud.com';
const SERVES: Readonly<Record<string, readonly AnswerForm[]>> = {
  [TEXT_HOST]: ['text'],
  [UPLOAD_HOST]: ['upload', 'ugc'],
  'vod2.dnsv1.com': ['upload', 'ugc'],
};

/**
 * Refuses a call that came to the wrong host, without TLS where it is required, or with the wrong method.
 * @throws ApiError 6100, 4600, or the step's code for a common parameter.
 */
export function checkAddress(
  request: IncomingMessage,
  host: string,
  { name, transport, methods }: Action,
  { requireHttps, trustProxy }: GatewayConfig,
): void {
  const right = rightHost(host, transport);
  if (right)
    throw new ApiError(PUBLIC_ERRORS.VersionUnsupported, `${name} is served at ${right}, not at ${host}`);
  if (requireHttps && transport === 'text' && !isEncrypted(request, trustProxy)) {
    throw new ApiError(PUBLIC_ERRORS.UnsupportedProtocol, 'plain HTTP is not supported here: use HTTPS');
  }
  const method = request.method as 'GET' | 'POST';
  if (methods && !methods.includes(method)) {
    throw new ApiError(
      stepCodes(transport).common,
      `method ${method}: ${name} takes ${methods.join(' or ')}`,
    );
  }
}

/**
 * The host to call instead when one of the original's hosts is asked for what it did not serve; else null.
 * Any other host serves every action.
 */
function rightHost(host: string, form: AnswerForm): string | null {
  const served = SERVES[withoutPort(host).toLowerCase()];
  if (!served || served.includes(form)) return null;
  return form === 'text' ? TEXT_HOST : UPLOAD_HOST;
}

/** The host that the client addressed, with its port; a proxy's word counts only when it is trusted. */
export function hostOf(request: IncomingMessage, trustProxy: boolean): string {
  return (trustProxy && forwarded(request, 'x-forwarded-host')) || (request.headers.host ?? '');
}

/** True when the client's connection, or the one to a trusted proxy before us, is encrypted. */
function isEncrypted(request: IncomingMessage, trustProxy: boolean): boolean {
  const scheme = trustProxy ? forwarded(request, 'x-forwarded-proto') : undefined;
  return scheme ? scheme.toLowerCase() === 'https' : 'encrypted' in request.socket;
}

/** Of several proxies the first one met the client. */
function forwarded(request: IncomingMessage, header: string): string | undefined {
  const value = request.headers[header];
  return (Array.isArray(value) ? value[0] : value)?.split(',')[0]?.trim();
}

function withoutPort(host: string): string {
  return host.replace(/:\d+$/, '');
}
