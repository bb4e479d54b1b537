import { type ProcedureValue, PSEUDO_DEFINITIONS } from '@openvod/contract/v2';
import type { JobParams } from '../jobs/job.ts';
import { invalidArgument, type Procedure, type ProcedureContext, templateId } from './procedure.ts';

/** The one that everybody had from the start (docs/wire/processing.md, Task flows). */
export const simpleProcessFile: Procedure = {
  name: 'QCVB_SimpleProcessFile',
  parameters: [
    'transcodeDefinition',
    'watermarkDefinition',
    'coverBySnapshotDefinition',
    'sampleSnapshotDefinition',
  ],

  async jobs([transcode = null, watermark = null, cover = null, samples = null], about) {
    const definition = await definitionsOf(transcode, about);
    const over = templateId('watermarkDefinition', watermark);
    const coverDefinition = templateId('coverBySnapshotDefinition', cover);
    const sampleDefinition = templateId('sampleSnapshotDefinition', samples);
    return {
      ...(definition.length > 0 && {
        transcode: { ...transcodeOf(definition), watermark: over ?? undefined },
      }),
      ...(coverDefinition && { coverBySnapshot: { definition: coverDefinition, ...FIRST_FRAME } }),
      ...(sampleDefinition && { sampleSnapshot: { definition: sampleDefinition } }),
    };
  },
};

const FIRST_FRAME = { positionType: 'Time', position: 0 } as const;

function transcodeOf(definition: number[]): NonNullable<JobParams['transcode']> {
  return { definition, hlsMasterPlaylist: false, idrAlignment: false, disableHigherBitrate: false };
}

/** A bare number other than 0 and 1 is a list of one, as public code has it. */
async function definitionsOf(value: ProcedureValue, { db, appId, defaultDefinitions }: ProcedureContext) {
  const name = 'transcodeDefinition';
  if (value === PSEUDO_DEFINITIONS.accountDefault) return [...(await defaultDefinitions(appId, db))];
  if (!Array.isArray(value)) {
    const id = templateId(name, value);
    return id === null ? [] : [id];
  }
  return value.map((id) => templateId(name, id) ?? refuse(name));
}

function refuse(name: string): never {
  throw invalidArgument(name, 'a number or a table of numbers of templates');
}
