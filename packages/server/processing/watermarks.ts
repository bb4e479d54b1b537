import { Refused } from '../common/faults/refused.ts';
import type { Executor } from '../database/index.ts';
import type { OutputSpec } from '../media/index.ts';
import type { BodyOf, Templates } from '../templates/index.ts';

/** A watermark that a job was asked with: as the template was then, like everything else that the job keeps. */
export interface JobWatermark {
  /** The number that the caller named; 1 is the application's default. */
  definition: number;
  body: BodyOf<'watermark'>;
}

/** What callers call the default watermark of their application. */
const DEFAULT = 1;

/** The template that watermark 1 stands for; null when the application has none. */
export type DefaultWatermark = (appId: string, db: Executor) => Promise<number | null>;

export interface Watermarks {
  /**
   * Watermark 1, the application's default, or a template of its own.
   * @throws Refused `watermark.none` when it has no default; `definition.notFound`
   */
  require(db: Executor, appId: string, definition?: number): Promise<JobWatermark>;
}

/** The watermarks that callers name by a number. */
export function createWatermarks(deps: {
  templates: Templates;
  defaultWatermark: DefaultWatermark;
}): Watermarks {
  const { templates, defaultWatermark } = deps;
  return {
    async require(db, appId, definition = DEFAULT) {
      const id = definition === DEFAULT ? await defaultWatermark(appId, db) : definition;
      if (id === null) {
        throw new Refused(
          'watermark.none',
          'the application has no default watermark (setting watermark.default)',
        );
      }
      const [template] = await templates.require(db, appId, 'watermark', [id]);
      return { definition, body: template!.body };
    },
  };
}

/** @throws Refused `parameter.refused` when a watermark is to lie over what is only repackaged */
export function refuseMarkedCopies(specs: readonly OutputSpec[], watermark: JobWatermark | null): void {
  const copy = watermark && specs.find((spec) => spec.copy);
  if (!copy) return;
  const why = `definition ${copy.id} only changes the container: no watermark can be laid over its picture`;
  throw new Refused('parameter.refused', why, { field: 'transcode.definition' });
}
