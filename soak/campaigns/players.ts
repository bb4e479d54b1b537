import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { clipOf } from '../../e2e/testing/clips.ts';
import { Inbox } from '../../e2e/testing/events.ts';
import { filesOf } from '../../e2e/testing/playable.ts';
import { finished } from '../../e2e/testing/tasks.ts';
import { sha1, upload } from '../../e2e/testing/upload.ts';
import { SERVER_BYTES } from '../bounds.ts';
import type { Circumstances, Outcome } from '../campaign.ts';
import { oneMachine } from '../parts/deployment.ts';
import { Idlers, Player, type Segment } from '../parts/players.ts';
import { Pulse } from '../parts/pulse.ts';

/** Bytes/s at which players read; the last ones as fast as it goes. */
const SPEEDS = [64_000, 250_000, 1_000_000, Number.POSITIVE_INFINITY];
const AFTER_MS = 5000;

/** Players that read HLS segments, each at its own speed, and as many connections that ask for a film and never read it. */
export async function run({ short, random, say }: Circumstances): Promise<Outcome> {
  const count = short ? 150 : 1000;
  const forMs = short ? 10_000 : 120_000;
  await using deployed = await oneMachine();
  const { segments, source } = await makeFilm(deployed.call);
  await deployed.watch.restart();
  const server = deployed.nodes[0]!;
  const direct = (url: string) => server.url! + new URL(url).pathname + new URL(url).search;

  say(`${count} players and ${count} that never read, for ${forMs / 1000} s`);
  const idlers = new Idlers(direct(source), count);
  const players = Array.from(
    { length: count },
    (_, index) =>
      new Player(
        segments.map((one) => ({ ...one, url: direct(one.url) })),
        SPEEDS[index % SPEEDS.length]!,
        random,
      ),
  );
  const pulse = new Pulse(server.url!);
  const playing = players.map((player) => player.play());
  await sleep(forMs);
  for (const player of players) player.stop();
  await Promise.all(playing);
  const beside = await pulse.stop();
  const ended = await idlers.ended();
  idlers.stop();
  const figures = await deployed.watch.figures();
  const problems = deployed.watch.problems({ maxServer: SERVER_BYTES });
  await deployed.watch.restart();
  await sleep(AFTER_MS);
  const after = deployed.watch.mostServer / 1024 ** 2;

  const sum = (of: (player: Player) => number) => players.reduce((total, player) => total + of(player), 0);
  const starved = players.filter((player) => player.segments === 0 && player.bytes === 0).length;
  const broken = [
    ...players.flatMap((player) => player.problems),
    ...beside.faults.map((fault) => `a signed call beside them failed: ${fault}`),
    ...(starved > 0 ? [`${starved} players got nothing at all`] : []),
    ...problems,
  ];
  return {
    figures: [
      ['players', count],
      ['segments that they read', sum((player) => player.segments)],
      ['MiB', sum((player) => player.bytes) / 1024 ** 2],
      ['answers that asked them to come again', sum((player) => player.refusals)],
      ['connections that never read', `${count}, of which the server ended ${ended}`],
      ['signed calls beside', beside.figure],
      ...figures,
      ['memory of the server afterwards', `${Math.round(after)} MiB`],
    ],
    lost: [],
    broken,
  };
}

/** A film of some MB with an HLS rendition; resolves to its segments and the address of its source. */
async function makeFilm(
  call: Parameters<typeof upload>[0],
): Promise<{ segments: Segment[]; source: string }> {
  const film = await clipOf(
    'players.mp4',
    '-f lavfi -i testsrc2=size=640x360:rate=25:duration=60,noise=alls=40:allf=t -c:v libx264 -preset ultrafast -b:v 4M -pix_fmt yuv420p',
  );
  const { fileId } = await upload(call, await readFile(film), { isTranscode: 1 });
  const { transcodeTaskId } = await new Inbox().waitFor(call, fileId, 'NewFileUpload');
  await finished(call, transcodeTaskId);
  const { files, playSet } = await filesOf(call, fileId);
  const segments = [...files]
    .filter(([url]) => /\.ts(\?|$)/.test(url))
    .map(([url, bytes]) => ({ url, size: bytes.length, sha1: sha1(bytes) }));
  if (segments.length === 0) throw new Error('the film has no segments');
  return { segments, source: playSet.find(({ definition }) => definition === 0)!.url };
}
