import { lookup as lookUp } from 'node:dns';
import { Agent } from 'node:http';
import { Agent as TlsAgent } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { isPublicAddress } from './public-address.ts';

/**
 * Requests to addresses that callers name. They must not reach what only this machine and its neighbours may: other services,
 * the keys that clouds hand to their machines. Whoever makes them does not follow redirections, or asks again for each.
 */
export interface Outbound {
  /** What is wrong with an address, as the end of a sentence about it; null when it may be tried. */
  problemOf(url: string): string | null;
  /**
   * For `node:http` and `node:https`: connects to no other than public addresses, whatever a name resolves to at that moment.
   * A name that resolves to none fails with code `ADDRESS_NOT_ALLOWED`.
   * @throws Error with that code when the address has a problem already
   */
  agentFor(url: URL): Agent;
}

/** @param lookup how names are resolved; `dns.lookup` when left out */
export function createOutbound({
  allowPrivate,
  lookup = lookUp as LookupFunction,
}: {
  /** Lets everything through that is http(s). */
  allowPrivate: boolean;
  lookup?: LookupFunction;
}): Outbound {
  // Connections are not kept: one that somebody else opened, to wherever, must never be used.
  const options = allowPrivate ? { lookup } : { lookup: publicOnly(lookup) };
  const agents = { plain: new Agent(options), tls: new TlsAgent(options) };

  function problemOf(text: string): string | null {
    if (!URL.canParse(text)) return 'is not an address';
    const { protocol, hostname } = new URL(text);
    if (protocol !== 'http:' && protocol !== 'https:') return 'must begin with http:// or https://';
    return allowPrivate || !isInside(hostname) ? null : 'must be a public address';
  }

  return {
    problemOf,
    agentFor({ href, protocol }) {
      const problem = problemOf(href);
      if (problem) throw notAllowed(`the address ${problem}`);
      return protocol === 'https:' ? agents.tls : agents.plain;
    },
  };
}

/** What can be said of a host without asking for its addresses; connections to an IP address ask nobody. */
function isInside(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$|\.$/g, '');
  if (isIP(host) !== 0) return !isPublicAddress(host);
  return host === 'localhost' || host.endsWith('.localhost');
}

/** Leaves out of what `lookup` finds all that is not public. */
function publicOnly(lookup: LookupFunction): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, []);
      const addresses = (Array.isArray(found) ? found : []).filter(({ address }) => isPublicAddress(address));
      const [first] = addresses;
      if (!first) return callback(notAllowed(`${hostname} has no public address`), []);
      if (options.all) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}

function notAllowed(message: string): NodeJS.ErrnoException {
  return Object.assign(new Error(message), { code: 'ADDRESS_NOT_ALLOWED' });
}
