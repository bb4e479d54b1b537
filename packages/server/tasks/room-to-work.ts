import { setTimeout } from 'node:timers/promises';
import type { DiskRoom } from '../common/data-folder/data-folder.ts';

/** How often a worker whose disk is full looks whether it still is, ms. */
const LOOK_EVERY_MS = 1000;

/** Room on the disk of a worker. Who waits for it holds a worker's place, and no flow: other processes may take it meanwhile. */
export class RoomToWork {
  readonly #disk: DiskRoom;
  readonly #lookEveryMs: number;
  readonly #stop = new AbortController();

  constructor(disk: DiskRoom = { shortage: async () => null }, lookEveryMs = LOOK_EVERY_MS) {
    this.#disk = disk;
    this.#lookEveryMs = lookEveryMs;
  }

  /** Resolves when there is room, or when `stop` was called. */
  async wait(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted && (await this.#disk.shortage()) !== null) {
      await setTimeout(this.#lookEveryMs, undefined, { signal }).catch(() => {});
    }
  }

  stop(): void {
    this.#stop.abort();
  }
}
