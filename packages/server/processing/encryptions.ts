import { Refused } from '../common/faults/refused.ts';
import type { Executor } from '../database/index.ts';
import type { Encryption } from '../encryption/index.ts';
import { canBeEncrypted, type OutputSpec } from '../media/index.ts';
import type { BodyOf, Templates } from '../templates/index.ts';

/** The encryption that a job was asked with: as the template was then, like everything else that the job keeps. */
export interface JobEncryption extends BodyOf<'encryption'> {
  /** The number that the caller named. */
  definition: number;
}

export interface Encryptions {
  /** @throws Refused `definition.notFound`; `encryption.away` when nothing can be encrypted for now */
  require(db: Executor, appId: string, definition: number): Promise<JobEncryption>;
}

/** The encryptions that callers name by a number. */
export function createEncryptions(deps: {
  templates: Templates;
  encryption: Pick<Encryption, 'requireAble'>;
}): Encryptions {
  return {
    async require(db, appId, definition) {
      const [template] = await deps.templates.require(db, appId, 'encryption', [definition]);
      await deps.encryption.requireAble();
      return { definition, ...template!.body };
    },
  };
}

/** @throws Refused `parameter.refused` for a definition whose files have no segments to be encrypted */
export function refuseUnencrypted(specs: readonly OutputSpec[], encryption: JobEncryption | null): void {
  const plain = encryption && specs.find(({ container }) => !canBeEncrypted(container));
  if (!plain) return;
  const why = `definition ${plain.id} makes ${plain.container}: only HLS can be encrypted`;
  throw new Refused('parameter.refused', why, { field: 'transcode.definition' });
}
