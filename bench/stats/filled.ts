import type { Access } from '../../packages/server/delivery/access-log/line.ts';

export const APP = '1250000001';
export const HOST = 'media.example.com';
/** 2018-03-01 00:00 in UTC+8. */
export const DAY_BEGIN = 1_519_833_600_000;
export const DAY = 24 * 3600_000;
/** Videos and clients of the day. */
const VIDEOS = 2000;
const CLIENTS = 100_000;

/** The delivery of this number among `count`, spread over a day: a playlist in ten, else segments. */
export function deliveryAt(n: number, count: number): Access {
  const video = 5_285_890_000 + ((n * 7919) % VIDEOS);
  const client = (n * 104_729) % CLIENTS;
  return {
    startedAt: DAY_BEGIN + Math.floor((n / count) * DAY),
    clientIp: `10.${client >> 16}.${(client >> 8) & 255}.${client & 255}`,
    domain: HOST,
    path: `/vod${APP}/${video}/${n % 10 === 0 ? 'f0.f220.m3u8' : '0123456789ab-1/f0.f220.ts'}`,
    bytes: 400_000 + (n % 1000),
    status: 200,
    referer: 'https://www.example.com/watch',
    durationMs: 40,
    userAgent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36',
    range: '',
    method: 'GET',
    protocol: 'HTTP/1.1',
    fromMemory: n % 3 > 0,
  };
}
