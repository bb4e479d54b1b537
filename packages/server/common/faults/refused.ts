/**
 * Everything that a call can be refused for, in the service's own words. Each generation of the API has one table from these
 * kinds to its codes; a kind that a table forgets is a type error.
 */
const REFUSALS = [
  // The call itself: how it came, who sent it, what it names.
  'call.method',
  'call.host',
  'call.plainHttp',
  'call.action',
  'call.planned',
  'call.form',
  'call.body',
  'call.common',
  'call.secretId',
  'call.signature',
  'call.token',
  'call.replay',
  'call.quota',
  'application.off',
  'call.parameter',
  // What it asks for: well-formed, but it cannot be.
  'parameter.refused',
  'feature.planned',
  'video.notFound',
  'video.busy',
  'video.unfit',
  'class.notFound',
  'class.parentNotFound',
  'class.belowDefault',
  'class.nameTaken',
  'class.builtIn',
  'class.limit',
  'tag.refused',
  'definition.notFound',
  'template.notFound',
  'template.builtIn',
  'template.invalid',
  'template.limit',
  'watermark.none',
  'dataKey.notFound',
  'encryption.away',
  'procedure.invalid',
  'procedure.exists',
  'task.notFound',
  'task.notEnded',
  // Figures that are asked for.
  'stats.hosts',
  'stats.tooManyHosts',
  'stats.measure',
  'stats.from',
  'stats.until',
  // What an application may have.
  'storage.quota',
  'task.quota',
  // Uploads.
  'upload.notFound',
  'upload.incomplete',
  'upload.lost',
  'upload.changed',
  'upload.content',
  'upload.otherFile',
  // The service.
  'storage.full',
  'service.away',
  'service.unsure',
  'service.busy',
  'service.fault',
] as const;

export type RefusalKind = (typeof REFUSALS)[number];

export interface RefusalDetails {
  /** What of the call is at fault, by the service's own name for it; handlers' contracts say what it is called there. */
  field?: string;
  /** Whether sending the same call again can help; what is usual for the kind when left out. */
  canRetry?: boolean;
  cause?: unknown;
}

/** A call that is answered with no, and why. Whatever else is thrown is a fault of ours. */
export class Refused extends Error {
  override name = 'Refused';
  readonly kind: RefusalKind;
  readonly field: string | undefined;
  readonly canRetry: boolean | undefined;

  /** @param detail for the caller: what is wrong and, where it can be said, what would be right */
  constructor(kind: RefusalKind, detail: string, { field, canRetry, cause }: RefusalDetails = {}) {
    super(detail, { cause });
    this.kind = kind;
    this.field = field;
    this.canRetry = canRetry;
  }
}
