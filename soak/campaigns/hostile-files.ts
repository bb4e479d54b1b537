import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { announcement, md5, sha1 } from '../../e2e/testing/upload.ts';
import { CHILDREN_BYTES, CHILDREN_PROCESSES, SERVER_BYTES } from '../bounds.ts';
import type { Circumstances, Outcome } from '../campaign.ts';
import { makeSamples } from '../hostile/containers.ts';
import { damaged } from '../hostile/damage.ts';
import { type Bait, layBait, makeBombs, makeTraps, type Trap } from '../hostile/traps.ts';
import { Ledger } from '../model/ledger.ts';
import { oneMachine } from '../parts/deployment.ts';
import { GaveUp, Insistence } from '../parts/insistence.ts';
import { Mailbox } from '../parts/mailbox.ts';
import { lossesOf } from '../parts/observe.ts';
import { Pulse } from '../parts/pulse.ts';

/** Uploads that are finished in the same moment: each may want a look by ffprobe. */
const BURST = 150;
const PART = 5_242_880;
/** A task of the longest of these files may take so long. ms. */
const SILENCE_MS = 300_000;

/** Damaged and hostile files are uploaded and transcoded: each ends, none reaches out, and the service stays as it was. */
export async function run({ short, random, say }: Circumstances): Promise<Outcome> {
  const count = short ? 40 : 2000;
  const folder = await mkdtemp(path.join(tmpdir(), 'openvod-hostile-'));
  try {
    await using bait = await layBait(folder);
    say('makes files in all containers that ffmpeg has here');
    const samples = await makeSamples(folder);
    const traps = pick(makeTraps(bait), short ? 10 : Number.POSITIVE_INFINITY, random);
    const files: Trap[] = [...traps, ...(await makeBombs(folder, short ? 1 : undefined))];
    while (files.length < count) {
      const sample = samples[files.length % samples.length]!;
      const other = samples[Math.floor(random() * samples.length)]!;
      const { how, bytes } = damaged(sample.bytes, other.bytes, random);
      files.push({ how: `${sample.type}, ${how}`, name: 'film', type: sample.type, bytes, reaches: false });
    }
    return await uploadAll(files, { bait, containers: samples.length, say });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function uploadAll(
  files: Trap[],
  { bait, containers, say }: { bait: Bait; containers: number; say(line: string): void },
): Promise<Outcome> {
  await using deployed = await oneMachine({ settings: { OPENVOD_TRANSCODE_CONCURRENCY: '2' } });
  const { watch } = deployed;
  const service = new Insistence(deployed.call);
  const ledger = new Ledger([]);
  const mailbox = new Mailbox(service, ledger);
  const pulse = new Pulse(deployed.nodes[0]!.url!);
  const broken: string[] = [];
  const names = new Map<string, Trap>();
  let refused = 0;
  for (let from = 0; from < files.length; from += BURST) {
    const burst = files.slice(from, from + BURST);
    const ids = await Promise.all(burst.map((file) => uploadOne(service, file, broken)));
    for (const [index, fileId] of ids.entries()) {
      const file = burst[index]!;
      if (fileId === null) {
        refused++;
        continue;
      }
      names.set(fileId, file);
      ledger.uploaded(fileId, sha1(file.bytes), { transcodes: true });
    }
    say(`${from + burst.length} files uploaded, ${refused} refused`);
  }
  const beside = await pulse.stop();
  await mailbox.settle(SILENCE_MS);
  await mailbox.stop();
  const ends = ledger.events.filter(({ type }) => type === 'TranscodeComplete');
  for (const { fileId, status } of ends) {
    const file = names.get(fileId);
    if (file?.reaches && status === 0) broken.push(`${file.how} became a film: it has read what it names`);
  }
  if (bait.visits() > 0) broken.push(`${bait.visits()} requests came to the server that files named`);
  const wasRead = await bait.wasRead();
  if (wasRead) broken.push('the file that others named was read');
  if (watch.mostChildren > CHILDREN_BYTES)
    broken.push(`what the server had started took ${Math.round(watch.mostChildren / 1024 ** 2)} MiB`);
  if (watch.mostProcesses > CHILDREN_PROCESSES)
    broken.push(`the server had started ${watch.mostProcesses} processes at once`);
  broken.push(...beside.faults.map((fault) => `a signed call beside them failed: ${fault}`));
  const missing = ledger
    .missingEvents()
    .map((one) => `${one} (${names.get(/\d{5,}/.exec(one)?.[0] ?? '')?.how})`);
  return {
    figures: [
      ['files', `${files.length}, from ${containers} containers`],
      ['refused at upload', refused],
      ['transcoded', ends.filter(({ status }) => status === 0).length],
      ['whose task failed', ends.filter(({ status }) => status !== 0).length],
      ['the bait on disk', wasRead === null ? 'not watched: this file system notes no reading' : 'watched'],
      ['signed calls beside', beside.figure],
      ...service.figures(),
      ...(await watch.figures()),
    ],
    lost: [...missing, ...(await lossesOf(service, ledger, deployed.url, ''))],
    broken: [...broken, ...mailbox.problems, ...watch.problems({ maxServer: SERVER_BYTES })],
  };
}

/** Resolves to the id of the video, or null when the file was refused for good. */
async function uploadOne(
  service: Insistence,
  { how, name, type, bytes: given }: Trap,
  broken: string[],
): Promise<string | null> {
  const bytes = Buffer.from(given);
  const fileSha = sha1(bytes);
  try {
    const wish = announcement(bytes, { fileName: name, fileType: type, dataSize: PART, isTranscode: 1 });
    const begun = await service.until('InitUpload', (call) => call.upload('InitUpload', wish));
    if (begun.code !== 0 && begun.code !== 1) return null;
    for (let offset = 0; offset < bytes.length; offset += PART) {
      const body = bytes.subarray(offset, offset + PART);
      const part = { fileSha, offset, dataSize: body.length, dataMd5: md5(body) };
      const { code } = await service.until('UploadPart', (call) => call.upload('UploadPart', part, body));
      if (code !== 0) return null;
    }
    const finish = await service.until(`FinishUpload of ${how}`, (call) =>
      call.upload('FinishUpload', { fileSha }),
    );
    return finish.code === 0 ? finish.fileId : null;
  } catch (error) {
    if (!(error instanceof GaveUp)) throw error;
    broken.push(error.message);
    return null;
  }
}

function pick<T>(all: T[], most: number, random: () => number): T[] {
  if (all.length <= most) return all;
  return all
    .map((one) => ({ one, at: random() }))
    .sort((a, b) => a.at - b.at)
    .slice(0, most)
    .map(({ one }) => one);
}
