/** The example as a program; README.md says how to start it. */
import type { AddressInfo } from 'node:net';
// In an application of your own: from '@openvod/sdk'.
import { createClient, OpenVodError, withKeyToken } from '../../packages/sdk/src/index.ts';
import { createKeyServer } from './server.ts';

const env = (name: string): string => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
};

const client = createClient({
  url: env('OPENVOD_URL'),
  secretId: env('OPENVOD_SECRET_ID'),
  secretKey: env('OPENVOD_SECRET_KEY'),
});

/** Stands for the accounts of an application: `session=user` pairs, comma separated. */
const sessions = new Map(
  env('DEMO_SESSIONS')
    .split(',')
    .map((pair) => pair.split('=') as [string, string]),
);

const server = createKeyServer({
  secret: env('TOKEN_SECRET'),
  tokenSeconds: Number(process.env.TOKEN_SECONDS ?? 600),
  playerOrigin: process.env.PLAYER_ORIGIN ?? '*',
  viewer: ({ headers }) => sessions.get(headers.authorization?.replace(/^Bearer /, '') ?? '') ?? null,

  async addressOf(fileId, token) {
    const { playSet } = await client.describeVodPlayUrls({ fileId });
    // Outputs that are HLS, the master playlist (definition 10000) first.
    const [best] = playSet
      .filter(({ url }) => new URL(url).pathname.endsWith('.m3u8'))
      .sort((a, b) => b.definition - a.definition);
    if (!best) throw new Error(`video ${fileId} has no HLS`);
    return withKeyToken(best.url, token);
  },

  async keyOf(edk) {
    try {
      const { data } = await client.describeDrmDataKey({ edkList: [edk] });
      return Buffer.from(data.keyList[0]!.dk, 'base64');
    } catch (error) {
      // 1000: the application has no such key.
      if (error instanceof OpenVodError && error.code === 1000) return null;
      throw error;
    }
  },
});

server.listen(Number(process.env.PORT ?? 8700), '127.0.0.1', () => {
  console.log(`key server on http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
