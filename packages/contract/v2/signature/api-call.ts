import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Pair } from '../notation.ts';

/** How API calls are signed: docs/wire/calls.md, Signature. Pure; the clock and the keys are the caller's. */

export type SignatureMethod = 'HmacSHA1' | 'HmacSHA256';

export interface SignedCall {
  /** HTTP method as received. */
  method: string;
  /** Path without query, e.g. `/v2/index.php`. */
  path: string;
  /** Decoded parameters, common ones included; the signature itself may be among them. */
  pairs: readonly Pair[];
}

/** Only the exact name selects SHA-256; absent or anything else means SHA-1. */
export function signatureMethodOf(parameter: string | undefined): SignatureMethod {
  return parameter === 'HmacSHA256' ? 'HmacSHA256' : 'HmacSHA1';
}

/** Base64 of the HMAC of `plain` (UTF-8). */
export function sign(secretKey: string, plain: string, method: SignatureMethod = 'HmacSHA1'): string {
  const digest = method === 'HmacSHA256' ? 'sha256' : 'sha1';
  return createHmac(digest, secretKey).update(plain, 'utf8').digest('base64');
}

/** The string to sign as the documents describe it: what our own client signs. */
export function plainText(host: string, call: SignedCall): string {
  const pairs = call.method.toUpperCase() === 'POST' ? call.pairs.filter(isNotFile) : call.pairs;
  return prefix(host, call) + joinSortedThenDotted(withoutSignature(pairs), dotted);
}

/**
 * Every string that a known client could have signed for this call, the likeliest first. Clients differ in
 * when and whether they turn `_` of names into `.`, and in whether they sign `@…` values of a POST; where a
 * call has neither there is one string a host.
 */
export function candidates(hosts: readonly string[], call: SignedCall): string[] {
  const bodies = joinedForms(call);
  return hosts.flatMap((host) => bodies.map((body) => prefix(host, call) + body));
}

/**
 * True when `signature` is that of any candidate. The comparison takes the same time wherever texts differ.
 * Pass the signature through `repairSignature` first.
 */
export function verify(
  secretKey: string,
  signature: string,
  method: SignatureMethod,
  plains: readonly string[],
): boolean {
  const given = Buffer.from(signature);
  return plains.some((plain) => {
    const expected = Buffer.from(sign(secretKey, plain, method));
    return expected.length === given.length && timingSafeEqual(expected, given);
  });
}

/**
 * A space in a decoded signature is a `+` that the client forgot to encode. The result is the one spelling of a
 * valid signature, so it can serve as the key of the replay check.
 */
export function repairSignature(signature: string): string {
  return signature.replaceAll(' ', '+');
}

/** Hosts that the client may have signed: as received, without its port, then the configured ones. */
export function hostCandidates(received: string, canonical: readonly string[]): string[] {
  return [...new Set([received, received.replace(/:\d+$/, ''), ...canonical])];
}

function prefix(host: string, { method, path }: SignedCall): string {
  return `${method.toUpperCase()}${host}${path}?`;
}

function joinedForms(call: SignedCall): string[] {
  const all = withoutSignature(call.pairs);
  const isPost = call.method.toUpperCase() === 'POST';
  const kept = isPost && !all.every(isNotFile) ? [all.filter(isNotFile), all] : [all];
  if (!all.some(([name]) => name.includes('_'))) return kept.map((pairs) => joinSortedThenDotted(pairs));
  return [
    ...new Set(
      kept.flatMap((pairs) => [
        joinSortedThenDotted(pairs, dotted), // java, dotnet, qcloudcli
        joinSortedThenDotted(pairs, dottedUnlessLeading), // php, node
        joinSortedThenDotted(pairs.map(([name, value]) => [dotted(name), value] as const)), // python
        joinSortedThenDotted(pairs), // v4 upload clients
      ]),
    ),
  ];
}

function joinSortedThenDotted(pairs: readonly Pair[], rename?: (name: string) => string): string {
  const sorted = pairs.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return sorted.map(([name, value]) => `${rename === undefined ? name : rename(name)}=${value}`).join('&');
}

function withoutSignature(pairs: readonly Pair[]): Pair[] {
  return pairs.filter(([name]) => name !== 'Signature' && name !== 'signature');
}

/** Values that begin with `@` stand for files; most clients leave them out of what they sign on POST. */
function isNotFile([, value]: Pair): boolean {
  return !value.startsWith('@');
}

function dotted(name: string): string {
  return name.replaceAll('_', '.');
}

function dottedUnlessLeading(name: string): string {
  return name.startsWith('_') ? name : dotted(name);
}
