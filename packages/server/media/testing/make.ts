import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import type { OutputSpec } from '../output-spec.ts';
import { type PlanOptions, planTranscode } from '../plan.ts';
import { probe } from '../probe.ts';
import { type TranscodeOutput, transcode } from '../transcode.ts';

/** Probes, plans and transcodes a source into a new folder below `folder`; outputs by definition, null for the master playlist. */
export async function make(folder: string, source: string, specs: OutputSpec[], options: PlanOptions = {}) {
  const outDir = mkdtempSync(join(folder, 'out-'));
  const plan = planTranscode(await probe(source, { keyFrames: true }), specs, options);
  const outputs = await transcode(source, plan, outDir);
  return new Map(outputs.map((output) => [output.definition, output]));
}

/** An output in one line: container, picture, sound. */
export function describe(output: TranscodeOutput | undefined): string {
  const { video, audio, container } = output!.info;
  const picture = video.map(
    (v) => `${v.codec} ${v.displayWidth}x${v.displayHeight} ${v.fps} ${v.pixelFormat}`,
  );
  return [container, ...picture, ...audio.map((a) => `${a.codec} ${a.channels} ${a.sampleRate}`)].join(', ');
}
