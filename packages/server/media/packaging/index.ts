import { flv } from './flv.ts';
import { hlsTs } from './hls-ts.ts';
import { mp4 } from './mp4.ts';
import type { FileNames, Packaging } from './packaging.ts';

export type { HlsEncryption } from './encrypt-segments.ts';
export type { CollectedOutput, OutputFile, Packaging, WrittenOutput } from './packaging.ts';

/** Every container that can be made. To add one: its file, and its line here. */
export const PACKAGINGS = [mp4, hlsTs, flv] as const satisfies readonly Packaging[];

export type Container = (typeof PACKAGINGS)[number]['name'];

/** Their names. */
export const CONTAINERS = PACKAGINGS.map(({ name }) => name);

const byName = new Map<string, Packaging>(PACKAGINGS.map((packaging) => [packaging.name, packaging]));

export function packagingOf(container: Container): Packaging {
  return byName.get(container)!;
}

/** Whether the files of a container can be encrypted: segments are. */
export function canBeEncrypted(container: Container): boolean {
  return packagingOf(container).segments !== null;
}

/** Whether a container holds streams of a codec, by ffmpeg's name for it. */
export function holds(container: Container, codec: string): boolean {
  return Object.hasOwn(packagingOf(container).codecs, codec);
}

/** @returns the names of an output's files within its folder (docs/wire/output-naming.md) */
export function fileNames(packaging: Packaging, definition: number): FileNames {
  const { extension, segments } = packaging;
  const stem = `f0.f${definition}`;
  return { main: `${stem}.${extension}`, segments: segments && `${stem}.${segments.extension}` };
}
