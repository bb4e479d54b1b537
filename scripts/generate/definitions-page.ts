import { CONTAINERS, impossibilityOf } from '../../packages/server/media/index.ts';
import { KINDS, type TemplateKind } from '../../packages/server/templates/index.ts';
import { CHOOSING, INTRODUCTION, NO_TEMPLATE, OWN, RULES } from './definitions/prose.ts';
import { transcodeCells, wordsOf } from './definitions/rows.ts';
import { table } from './table.ts';

const HEADER =
  '<!-- Generated from packages/server/templates by npm run generate. Do not edit: change scripts/generate/definitions or the presets. -->';

const SECTIONS: Partial<Record<TemplateKind, string>> = { transcode: 'Transcodes' };

/** docs/definitions.md: what each number stands for, and what to choose for what. */
export function definitionsPage(): string {
  const others = (Object.keys(KINDS) as TemplateKind[]).filter((kind) => !(kind in SECTIONS));
  return `${[
    HEADER,
    INTRODUCTION,
    '## What to choose for what',
    table(['For', 'Definition'], CHOOSING),
    '## Transcodes',
    transcodeTable(),
    NO_TEMPLATE,
    RULES,
    OWN,
    containerTable(),
    ...others.flatMap(otherKind),
  ].join('\n\n')}\n`;
}

function transcodeTable(): string {
  const { presets } = KINDS.transcode;
  const body = presets.map(({ id, name, body }) => [`**${id}**`, name, ...transcodeCells(body)]);
  const head = ['Definition', 'Name', 'Container', 'Size', 'Frames/s', 'Video', 'Key frames', 'Audio'];
  return table(head, body);
}

function containerTable(): string {
  const wanted = [
    ['H.264', 'video', 'h264'],
    ['H.265', 'video', 'hevc'],
    ['AAC', 'audio', 'aac'],
    ['MP3', 'audio', 'mp3'],
  ] as const;
  const body = CONTAINERS.map((container) => [
    container,
    ...wanted.map(([, stream, codec]) => (holds(container, stream, codec) ? 'yes' : 'no')),
  ]);
  return table(['Container', ...wanted.map(([name]) => name)], body);
}

/** Asks what refuses a template that cannot be, so that the page says what happens. */
function holds(container: (typeof CONTAINERS)[number], stream: 'video' | 'audio', codec: string): boolean {
  const [{ body }] = KINDS.transcode.presets as readonly [(typeof KINDS.transcode.presets)[number]];
  const wish = { ...body, container, [stream]: { ...body[stream]!, codec, profile: null } };
  return impossibilityOf(wish)?.field !== `${stream}.codec`;
}

function otherKind(kind: TemplateKind): string[] {
  const { presets, limit } = KINDS[kind];
  const title = `## ${kind[0]!.toUpperCase()}${kind.slice(1).replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)}`;
  const rows = (presets as readonly { id: number; name: string; body: object }[]).map(
    ({ id, name, body }) => [`**${id}**`, name, wordsOf(body)],
  );
  const own = `An application has at most ${limit} of its own.`;
  return [
    title,
    rows.length === 0 ? `There is no preset. ${own}` : table(['Definition', 'Name', 'What it makes'], rows),
  ];
}
