import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { readViewing, signViewing } from './viewer-tokens.ts';

/** What the key server needs of the application around it. */
export interface KeyServerOptions {
  /** Signs tokens of viewers. */
  secret: string;
  /** For how long a token is good, seconds: as long as somebody may take to begin, as keys are fetched then. */
  tokenSeconds: number;
  /** Origin of the pages that play; `*` for all. */
  playerOrigin: string;
  /** Who asks, if that may watch the video; null: nobody who may. Here is where your own accounts and orders are looked at. */
  viewer(request: IncomingMessage, fileId: string): string | null;
  /** The address of a video's encrypted playlist, with a token in it. */
  addressOf(fileId: string, token: string): Promise<string>;
  /** The key that an `edk` stands for, 16 bytes; null when there is none (DescribeDrmDataKey). */
  keyOf(edk: string): Promise<Buffer | null>;
}

/** What an `edk` stands for never changes; so many are kept. */
const MAX_KEYS = 1000;

/**
 * The key server of an application, in two addresses: `/watch` gives who is logged in an address that plays, with a token in it;
 * `/getkey`, which encryption templates name, gives the key to who has such a token for the same video.
 */
export function createKeyServer(options: KeyServerOptions): Server {
  // bounded by: MAX_KEYS
  const keys = new Map<string, Buffer>();

  async function keyOf(edk: string): Promise<Buffer | null> {
    const key = keys.get(edk) ?? (await options.keyOf(edk));
    if (key && keys.size < MAX_KEYS) keys.set(edk, key);
    return key;
  }

  async function watch(request: IncomingMessage, response: ServerResponse, query: URLSearchParams) {
    const fileId = query.get('fileId') ?? '';
    const user = options.viewer(request, fileId);
    if (user === null) return refuse(response, 403);
    const until = Math.floor(Date.now() / 1000) + options.tokenSeconds;
    const token = signViewing(options.secret, { user, fileId, until });
    const url = await options.addressOf(fileId, token);
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ url }));
  }

  async function getKey(response: ServerResponse, query: URLSearchParams) {
    const viewing = readViewing(options.secret, query.get('token') ?? '', new Date());
    // The token is for one video, and so must the key be: edk and fileId stand in the same playlist.
    if (viewing === null || viewing.fileId !== query.get('fileId')) return refuse(response, 403);
    const key = await keyOf(query.get('edk') ?? '');
    if (key === null) return refuse(response, 404);
    response.setHeader('content-type', 'application/octet-stream').end(key);
  }

  return createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    response.setHeader('access-control-allow-origin', options.playerOrigin);
    response.setHeader('access-control-allow-headers', 'authorization');
    response.setHeader('cache-control', 'private, no-store');
    const answer = async () => {
      if (request.method === 'OPTIONS') response.end();
      else if (pathname === '/watch') await watch(request, response, searchParams);
      else if (pathname === '/getkey') await getKey(response, searchParams);
      else refuse(response, 404);
    };
    answer().catch((error: unknown) => {
      console.error(error);
      refuse(response, 503);
    });
  });
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status).end();
}
