import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { PROCESSING_ERRORS, PUBLIC_ERRORS, sign, UPLOAD_ERRORS } from '../packages/contract/v2/index.ts';
import { KINDS } from '../packages/server/templates/index.ts';

/** docs/wire is what comments cite: its figures are those that the code has. */
const folder = 'docs/wire';
const pages = new Map(
  readdirSync(folder).map((name) => [name, readFileSync(`${folder}/${name}`, 'utf8')] as const),
);

const page = (name: string): string => {
  const text = pages.get(name);
  assert.ok(text, `${folder}/${name}`);
  return text;
};

/** Cells of the rows of every table. */
const rows = (name: string): string[][] =>
  [...page(name).matchAll(/^\|(.*)\|$/gm)].map(([, row = '']) => row.split('|').map((cell) => cell.trim()));

/** The numbers in the first column of all tables of a page. */
const firstColumn = (name: string): number[] =>
  rows(name)
    .map(([cell]) => Number(cell))
    .filter((number) => !Number.isNaN(number));

test('the test vectors of calls.md hold for our signature', () => {
  const keys = ['Gu5t9xGARNpq86cd98joQYCN3Cozk1qA', 'secretKeyBar', 'sk_test_0123456789'];
  const vectors = [...page('calls.md').matchAll(/→ `([^`]+)`[^\n]*\n\n\s+```\n\s+(.+)\n\s+```/g)];
  assert.equal(vectors.length, 10);
  for (const [, signature, plain = ''] of vectors) {
    const method = plain.includes('SignatureMethod=HmacSHA256') ? 'HmacSHA256' : 'HmacSHA1';
    assert.ok(
      keys.some((key) => sign(key, plain, method) === signature),
      plain,
    );
  }
});

test('calls.md lists every public code and every code of uploads', () => {
  const listed = new Set(firstColumn('calls.md'));
  for (const code of [...Object.values(PUBLIC_ERRORS), ...Object.values(UPLOAD_ERRORS)]) {
    assert.ok(listed.has(code), String(code));
  }
});

test('the table of presets in templates.md is that of the code', () => {
  const presets = rows('templates.md').filter((row) => row.length === 8 && /^\d+$/.test(row[0]!));
  assert.deepEqual(
    presets,
    KINDS.transcode.presets.flatMap(({ id, name, body: { container, video, audio } }) =>
      video && audio
        ? [
            [
              ...[String(id), container, /(FLU|SD|HD|FHD)$/.exec(name)?.[0] ?? ''],
              ...[String(video.width), String(video.height ?? '')],
              ...[String(video.bitrate / 1000), video.profile ?? '', audio.codec],
            ],
          ]
        : [],
    ),
  );
});

test('templates.md names the presets that repackage', () => {
  const named = [...page('templates.md').matchAll(/\*\*(\d+)\*\* to (MP4|HLS|FLV)/g)].map(
    ([, id, container = '']) => [Number(id), container.toLowerCase()],
  );
  const presets = KINDS.transcode.presets.filter(({ body }) => body.copy);
  assert.deepEqual(
    named,
    presets.map(({ id, body }) => [id, body.container]),
  );
});

test('processing-errors.md has the stages, reasons and source codes of the code', () => {
  const ofStages = PROCESSING_ERRORS.filter(({ kind }) => kind !== 'source').map(({ code }) => -code);
  const ofSources = PROCESSING_ERRORS.filter(({ kind }) => kind === 'source').map(({ code }) => code);
  const stages = new Set(ofStages.map((code) => Math.trunc(code / 100)));
  const reasons = new Set(ofStages.map((code) => code % 100));
  assert.deepEqual(firstColumn('processing-errors.md'), [...stages, ...reasons, ...ofSources]);
  assert.match(page('processing-errors.md'), new RegExp(`${PROCESSING_ERRORS.length} in\\s+all`));
});

test('every link between the pages leads to a page and a heading', () => {
  for (const [name, text] of pages) {
    for (const [, target = '', anchor] of text.matchAll(/\]\(([\w-]+\.md)?(?:#([\w-]+))?\)/g)) {
      const headings = [...page(target || name).matchAll(/^#+ (.*)$/gm)].map(([, title = '']) => slug(title));
      if (anchor !== undefined) assert.ok(headings.includes(anchor), `${name}: ${target}#${anchor}`);
    }
  }
});

test('the index names every page', () => {
  for (const name of pages.keys()) {
    if (name !== 'README.md') assert.ok(page('README.md').includes(`[${name}](${name})`), name);
  }
});

/** The anchor that GitHub gives a heading. */
function slug(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\w\- ]/g, '')
    .replaceAll(' ', '-');
}
