import { setTimeout as sleep } from 'node:timers/promises';

export interface Fetched {
  status: number;
  headers: Headers;
  bytes: Buffer;
}

/** What an address gives, whatever the status. */
export async function fetched(url: string, headers: Record<string, string> = {}): Promise<Fetched> {
  const response = await fetch(url, { headers });
  return {
    status: response.status,
    headers: response.headers,
    bytes: Buffer.from(await response.arrayBuffer()),
  };
}

/** Asks until it is so: delivery may remember for a second what an address gave. Rejects when it is not after a minute. */
export async function becomes(what: string, isSo: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(`after a minute it is still not so: ${what}`);
    await sleep(50);
  }
}

/** The addresses in an HLS playlist (RFC 8216): lines that are no tags, relative to its own. */
export function namedIn(playlist: string, url: string): string[] {
  const names = playlist.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));
  return names.map((name) => new URL(name, url).href);
}
