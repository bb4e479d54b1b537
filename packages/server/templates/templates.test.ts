import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTemplates } from './index.ts';

test('every preset of the documents is found by its id, and ids without parameters are unknown', () => {
  const templates = createTemplates();
  const presets = [10, 20, 30, 40, 210, 220, 230, 240, 10046, 10047, 10048, 10049, 211, 221, 231, 241, 242];
  for (const id of presets) assert.equal(templates.transcode(id)?.kind, 'encode', String(id));
  for (const id of [6, 9]) assert.equal(templates.transcode(id)?.kind, 'remux');
  for (const id of [0, 1, 70, 510, 10000, -20]) assert.equal(templates.transcode(id), undefined);
});
