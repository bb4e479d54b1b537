import type { IncomingMessage } from 'node:http';
import { Refused } from '../common/faults/refused.ts';
import { parseForm } from './parameters/form.ts';
import type { Head } from './protocols/protocol.ts';

/** Reads the address of a request. @throws Refused `call.method` for anything but GET and POST */
export function readHead(request: IncomingMessage, trustProxy: boolean): Head {
  const { method, url = '' } = request;
  if (method !== 'GET' && method !== 'POST') {
    throw new Refused('call.method', `method ${method}: calls are GET or POST`);
  }
  const mark = url.indexOf('?');
  return {
    request,
    method,
    host: (trustProxy && forwarded(request, 'x-forwarded-host')) || (request.headers.host ?? ''),
    path: mark === -1 ? url : url.slice(0, mark),
    query: parseForm(mark === -1 ? '' : url.slice(mark + 1)),
  };
}

/** True when the client's connection, or the one to a trusted proxy before us, is encrypted. */
export function isEncrypted(request: IncomingMessage, trustProxy: boolean): boolean {
  const scheme = trustProxy ? forwarded(request, 'x-forwarded-proto') : undefined;
  return scheme ? scheme.toLowerCase() === 'https' : 'encrypted' in request.socket;
}

/** Of several proxies the first one met the client. */
function forwarded(request: IncomingMessage, header: string): string | undefined {
  const value = request.headers[header];
  return (Array.isArray(value) ? value[0] : value)?.split(',')[0]?.trim();
}
