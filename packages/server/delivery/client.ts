import type { IncomingMessage } from 'node:http';

/** The address of the client; what a proxy says of it where that is believed. */
export function clientOf({ headers, socket }: IncomingMessage, trustProxy: boolean): string {
  const forwarded = trustProxy ? headers['x-forwarded-for'] : undefined;
  return forwarded ? String(forwarded).split(',', 1)[0]!.trim() : (socket.remoteAddress ?? '');
}

/** The host that the client asked for, with its port. */
export function hostOf({ headers }: IncomingMessage, trustProxy: boolean): string {
  const forwarded = trustProxy ? headers['x-forwarded-host'] : undefined;
  return String(forwarded ?? headers.host ?? '');
}

let lastHost = '';
let lastDomain = '';

/** A `Host` without its port, in lower case; most requests name the one before them. */
export function domainOf(host: string): string {
  if (host !== lastHost) {
    lastDomain = host.replace(/:\d+$/, '').toLowerCase();
    lastHost = host;
  }
  return lastDomain;
}
