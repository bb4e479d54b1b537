import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer } from '../../e2e/testing/caller.ts';
import { uniqueClip } from '../../e2e/testing/clips.ts';
import { announcement, PART_SIZE, partAt, sha1 } from '../../e2e/testing/upload.ts';
import type { Ledger } from '../model/ledger.ts';
import { GaveUp, type Insistence } from './insistence.ts';

/** Three parts, the last one short. */
const FILE_BYTES = 2.5 * PART_SIZE;
/** So long a customer waits for the end of a task before the next film. ms. */
const TASK_PATIENCE_MS = 60_000;

/**
 * Somebody who uploads tiny films one after the other, has them transcoded, starts further tasks, deletes some (while they are
 * worked on, too), and writes into the ledger what the service acknowledges.
 */
export class Customer {
  /** What was not answered, or not as it must be, in words. */
  readonly problems: string[] = [];
  /** Uploads that went on with what the service had kept. */
  resumed = 0;
  readonly #service: Insistence;
  readonly #ledger: Ledger;
  readonly #random: () => number;
  #stopped = false;
  #waitsFor: string | null = null;

  constructor(service: Insistence, ledger: Ledger, random: () => number) {
    this.#service = service;
    this.#ledger = ledger;
    this.#random = random;
  }

  /** The film whose task may be at work at this moment. */
  get waitsFor(): string | null {
    return this.#waitsFor;
  }

  /** Finishes the film that is under way when it is told to stop. */
  async work(): Promise<void> {
    while (!this.#stopped) {
      try {
        await this.#film();
      } catch (error) {
        if (!(error instanceof GaveUp)) throw error;
        this.problems.push(error.message);
      }
    }
  }

  stop(): void {
    this.#stopped = true;
  }

  async #film(): Promise<void> {
    const bytes = await uniqueClip(FILE_BYTES);
    const fileId = await this.#upload(bytes);
    if (fileId === null) return;
    this.#ledger.uploaded(fileId, sha1(bytes), { transcodes: true });
    const dice = this.#random();
    if (dice < 0.1) await this.#delete(fileId);
    else if (dice < 0.3) await this.#convert(fileId);
    this.#waitsFor = fileId;
    const deadline = Date.now() + TASK_PATIENCE_MS;
    while (!this.#ledger.has('TranscodeComplete', fileId) && Date.now() < deadline) await sleep(20);
    this.#waitsFor = null;
    if (dice >= 0.3 && dice < 0.5) await this.#delete(fileId);
  }

  async #upload(bytes: Buffer<ArrayBuffer>): Promise<string | null> {
    const acknowledged = new Set<number>();
    const offsets = Array.from({ length: Math.ceil(bytes.length / PART_SIZE) }, (_, i) => i * PART_SIZE);
    while (acknowledged.size < offsets.length) {
      const cuts = this.#service.cuts;
      const begun = await this.#service.until('InitUpload', (call) =>
        call.upload('InitUpload', announcement(bytes, { isTranscode: 1 })),
      );
      if (begun.code !== 0 && begun.code !== 1) return this.#refused('InitUpload', begun);
      const stored = new Set<number>((begun.listParts ?? []).map(({ offset }: { offset: number }) => offset));
      if (acknowledged.size > 0) this.resumed++;
      for (const offset of acknowledged)
        if (!stored.has(offset)) this.problems.push(`an acknowledged part at ${offset} was lost`);
      for (const offset of stored) acknowledged.add(offset);
      for (const offset of offsets.filter((one) => !stored.has(one))) {
        const { params, body } = partAt(bytes, offset);
        const part = await this.#service.until('UploadPart', (call) =>
          call.upload('UploadPart', params, body),
        );
        if (part.code !== 0) return this.#refused('UploadPart', part);
        acknowledged.add(offset);
        // After a break it asks anew what is there.
        if (this.#service.cuts !== cuts) break;
      }
    }
    const finish = await this.#service.until('FinishUpload', (call) =>
      call.upload('FinishUpload', { fileSha: sha1(bytes) }),
    );
    return finish.code === 0 ? finish.fileId : this.#refused('FinishUpload', finish);
  }

  async #convert(fileId: string): Promise<void> {
    const answer = await this.#service.until('ConvertVodFile', (call) => call('ConvertVodFile', { fileId }));
    if (answer.code === 0) this.#ledger.started(fileId, answer.vodTaskId);
    else this.#refused('ConvertVodFile', answer);
  }

  async #delete(fileId: string): Promise<void> {
    this.#ledger.deleting(fileId);
    const answer = await this.#service.until('DeleteVodFile', (call) =>
      call('DeleteVodFile', { fileId, priority: 0 }),
    );
    // An attempt that was cut off may have done it.
    if (answer.code === 0 || answer.code === 10008) this.#ledger.deleted(fileId);
    else this.#refused('DeleteVodFile', answer);
  }

  #refused(what: string, { code, message }: Answer): null {
    this.problems.push(`${what} was refused for good: ${code} ${message}`);
    return null;
  }
}
