import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A file that wants something outside of itself, or more than a machine has. */
export interface Trap {
  how: string;
  name: string;
  type: string;
  bytes: Buffer;
  /** Whoever makes a film of it has read what it names. */
  reaches: boolean;
}

/** What a trap must not touch: a film on this machine's disk and a server on its loopback. */
export interface Bait extends AsyncDisposable {
  file: string;
  url: string;
  /** Requests that came to the server. */
  visits(): number;
  /** Whether somebody has read the file; null where the file system does not note it. */
  wasRead(): Promise<boolean | null>;
}

export async function layBait(folder: string): Promise<Bait> {
  const file = path.join(folder, 'bait.mp4');
  await film(file, ['-f', 'lavfi', '-i', 'testsrc2=size=64x64:rate=25:duration=1', '-c:v', 'libx264']);
  const bytes = await readFile(file);
  let visits = 0;
  const server = createServer((_request, response) => {
    visits++;
    response.writeHead(200, { 'content-type': 'video/mp4' }).end(bytes);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // The kernel notes a reading when the last one is older than the last change (mount(8), relatime).
  const long = new Date(Date.now() - 2 * 86_400_000);
  const notes = await notesReading(file, long);
  await utimes(file, long, new Date());
  return {
    file,
    url: `http://127.0.0.1:${(server.address() as { port: number }).port}/bait.mp4`,
    visits: () => visits,
    wasRead: async () => (notes ? (await stat(file)).atimeMs > long.getTime() + 1000 : null),
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function notesReading(file: string, long: Date): Promise<boolean> {
  await utimes(file, long, new Date());
  await readFile(file);
  return (await stat(file)).atimeMs > long.getTime() + 1000;
}

/** Playlists and scripts that name the bait, and names that are paths. */
export function makeTraps(bait: Bait): Trap[] {
  const where = [
    bait.file,
    `file://${bait.file}`,
    `file:${bait.file}`,
    bait.url,
    `concat:${bait.file}`,
    `subfile,,start,0,end,0,,:${bait.file}`,
  ];
  const texts = where.flatMap((target) =>
    SCRIPTS.map(([how, type, write]) => {
      const about = `${how} that names ${/^\w+/.exec(target)?.[0] ?? 'a path'}`;
      return trap(about, type, Buffer.from(write(target)), true);
    }),
  );
  // The same texts under the name of a film: what a file is must not follow from its name alone. The same bytes would be
  // the same file.
  const disguised = texts.map((one) => ({
    ...one,
    how: `${one.how}, as .mp4`,
    type: 'mp4',
    bytes: Buffer.concat([one.bytes, Buffer.from('\n')]),
  }));
  const named = NAMES.map((name) => ({
    ...trap('a name that is a path', 'mp4', Buffer.from(`no film: ${name}`), false),
    name,
  }));
  return [...texts, ...disguised, ...named];
}

const SCRIPTS: [how: string, type: string, write: (target: string) => string][] = [
  [
    'an HLS playlist',
    'm3u8',
    (target) => `#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:1,\n${target}\n#EXT-X-ENDLIST\n`,
  ],
  [
    'an HLS key',
    'm3u8',
    (target) => `#EXTM3U\n#EXT-X-KEY:METHOD=AES-128,URI="${target}"\n#EXTINF:1,\n${target}\n#EXT-X-ENDLIST\n`,
  ],
  [
    'an HLS map',
    'm3u8',
    (target) =>
      `#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-MAP:URI="${target}"\n#EXTINF:1,\n${target}\n#EXT-X-ENDLIST\n`,
  ],
  ['a concat script', 'txt', (target) => `ffconcat version 1.0\nfile '${target}'\n`],
  [
    'a DASH manifest',
    'mpd',
    (target) =>
      `<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" mediaPresentationDuration="PT1S" profiles="urn:mpeg:dash:profile:isoff-on-demand:2011"><Period><AdaptationSet mimeType="video/mp4"><Representation id="1" bandwidth="1"><BaseURL>${target}</BaseURL></Representation></AdaptationSet></Period></MPD>`,
  ],
  [
    'a session description',
    'sdp',
    (target) =>
      `v=0\no=- 0 0 IN IP4 127.0.0.1\ns=${target}\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 9 RTP/AVP 96\n`,
  ],
  [
    'subtitles',
    'ass',
    (target) =>
      `[Script Info]\nScriptType: v4.00+\n[Events]\nDialogue: 0,0:00:00.00,0:00:01.00,,,,,,,${target}\n`,
  ],
  [
    'a picture of text',
    'svg',
    (target) =>
      `<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="64" height="64"><image href="${target}" width="64" height="64"/></svg>`,
  ],
];

/** Names that a careless server would make a path, a link or an argument of. */
const NAMES = [
  '../../../etc/passwd',
  '/etc/passwd',
  '-i',
  '-f lavfi',
  '..',
  '.',
  'concat:a|b',
  'file:///etc/passwd',
  '%00',
  'a\u0000b',
  '$(id)',
  '`id`',
  'x'.repeat(300),
  '\u202Egpj.4pm',
];

/** A second of pictures that are large, many or long, in files of some KB. */
const BOMBS: [how: string, type: string, args: string][] = [
  [
    'pictures of 8192x8192',
    'mp4',
    '-f lavfi -i color=black:size=8192x8192:rate=5:duration=1 -c:v libx264 -preset ultrafast',
  ],
  ['a picture of 16000x16000', 'png', '-f lavfi -i color=black:size=16000x16000 -frames:v 1 -f apng'],
  ['a picture of 30000x2', 'gif', '-f lavfi -i color=black:size=30000x2 -frames:v 1'],
  ['20,000 pictures', 'gif', '-f lavfi -i color=black:size=16x16:rate=100:duration=200'],
  [
    'a thousand pictures a second',
    'mkv',
    '-f lavfi -i color=black:size=16x16:rate=1000:duration=20 -c:v mpeg4',
  ],
  [
    'pictures 8 hours apart',
    'mp4',
    '-f lavfi -i color=black:size=64x64:rate=1:duration=3 -vf setpts=PTS*30000 -vsync passthrough -c:v libx264',
  ],
  ['a sound track of a day', 'flac', '-f lavfi -i anullsrc=sample_rate=8000:channel_layout=mono -t 86400'],
  [
    'sixteen pictures at once',
    'mkv',
    `-f lavfi -i color=black:size=64x64:rate=5:duration=1 ${'-map 0:v '.repeat(16)}-c:v mpeg4`,
  ],
];

/** Files that are small and unfold to far more, at most `most` of them: they take their time to make. */
export async function makeBombs(folder: string, most = BOMBS.length): Promise<Trap[]> {
  const traps: Trap[] = [];
  for (const [index, [how, type, args]] of BOMBS.slice(0, most).entries()) {
    const file = path.join(folder, `bomb-${index}.${type}`);
    await film(file, args.trim().split(/ +/));
    traps.push(trap(how, type, await readFile(file), false));
  }
  const link = path.join(folder, 'archive.tar');
  await writeFile(link, tarOfLink('film.mp4', '/etc/passwd'));
  traps.push(trap('an archive of a symbolic link', 'mp4', await readFile(link), false));
  return traps;
}

function trap(how: string, type: string, bytes: Buffer, reaches: boolean): Trap {
  return { how, name: 'film', type, bytes, reaches };
}

async function film(file: string, args: string[]): Promise<void> {
  await run('ffmpeg', ['-nostdin', '-v', 'error', '-y', ...args, file]);
}

/** A tar archive of one symbolic link (POSIX.1-1988 ustar: type 2, the target at byte 157). */
function tarOfLink(name: string, target: string): Buffer {
  const head = Buffer.alloc(1536);
  head.write(name, 0);
  head.write('0000777\0', 100);
  head.write('00000000000\0', 124);
  head.write('00000000000\0', 136);
  head.fill(' ', 148, 156);
  head.write('2', 156);
  head.write(target, 157);
  head.write('ustar\0', 257);
  const sum = head.subarray(0, 512).reduce((total, byte) => total + byte, 0);
  head.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return head;
}
