import type { ProtocolName } from './action.ts';

/**
 * The original's hosts and what each served (docs/wire/calls.md, hosts); of those that serve the same, the first is the one
 * to call. Software that was written for them may go on naming them: any other host serves everything.
 */
export const HOSTS: readonly { name: string; protocols: readonly ProtocolName[] }[] = [
  { name: 'vod.api.qcloud.com', protocols: ['text'] },
  { name: 'vod2.qcloud.com', protocols: ['upload', 'ugc'] },
  { name: 'vod2.dnsv1.com', protocols: ['upload', 'ugc'] },
];

/** Hosts that clients sign even where they are pointed at another address. */
export const SIGNED_HOSTS: readonly string[] = HOSTS.slice(0, 2).map(({ name }) => name);
