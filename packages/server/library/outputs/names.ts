import type { OutputId, OutputKind } from './types.ts';

interface Naming {
  name(id: OutputId, extension: string): string;
  /** Its groups are definition and number, where the name has them. */
  pattern: RegExp;
}

/** How the files of each kind are called (docs/wire/output-naming.md): a new kind is a row here. */
const NAMINGS: Record<OutputKind, Naming> = {
  source: { name: (_, extension) => `f0.${extension}`, pattern: /^f0\.[a-z0-9]{1,16}$/ },
  transcode: {
    name: ({ definition }, extension) => `f0.f${definition}.${extension}`,
    pattern: /^f0\.f(\d{1,9})\.[a-z0-9]{1,16}$/,
  },
  masterPlaylist: { name: () => 'master_playlist.m3u8', pattern: /^master_playlist\.m3u8$/ },
  cover: {
    name: ({ definition, number }, extension) =>
      `coverBySnapshot/coverBySnapshot_${definition}_${number}.${extension}`,
    pattern: /^coverBySnapshot\/coverBySnapshot_(\d{1,9})_(\d{1,9})\.[a-z0-9]{1,16}$/,
  },
  snapshots: setOf('snapshotByTimeOffset'),
  sampledSnapshots: setOf('sampleSnapshot'),
  sprite: setOf('imageSprite'),
  animated: setOf('animatedGraphics'),
};

/** Files that are one output together: which of them it is stands in the name only. The index of a sprite has no number. */
function setOf(folder: string): Naming {
  return {
    name: ({ definition, number }, extension) => `${folder}/${folder}_${definition}_${number}.${extension}`,
    pattern: new RegExp(`^${folder}/${folder}_(\\d{1,9})(?:_\\d{1,9})?\\.[a-z0-9]{1,16}$`),
  };
}

/** The name of a sprite's WebVTT file, beside its sheets. */
export function spriteIndexName(definition: number): string {
  return `imageSprite/imageSprite_${definition}.vtt`;
}

/** The name of an output's file below its video's folder, which is also that of its address; no dot before `extension`. `number` tells files of a set apart, too. */
export function outputName(id: OutputId, extension: string): string {
  return NAMINGS[id.kind].name(id, extension);
}

/** Which output a file belongs to, by its name; null when to none. */
export function outputOfName(name: string): OutputId | null {
  for (const kind of Object.keys(NAMINGS) as OutputKind[]) {
    const match = NAMINGS[kind].pattern.exec(name);
    if (match) return { kind, definition: Number(match[1] ?? 0), number: Number(match[2] ?? 0) };
  }
  return null;
}
