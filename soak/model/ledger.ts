/** What became of a film: a deletion that was asked for and not answered leaves both possible. */
type Fate = 'kept' | 'perhaps deleted' | 'deleted';

/** A film whose upload was acknowledged. */
export interface Film {
  fileId: string;
  /** Of the bytes that were uploaded. */
  sha1: string;
  fate: Fate;
  /** Whether the upload asked for a transcode. */
  transcodes: boolean;
  /** Tasks of later calls that were acknowledged. */
  taskIds: string[];
}

/** An event as far as the model looks at it. */
export interface SeenEvent {
  type: string;
  fileId: string;
  /** Of the task that ended, where it is one. */
  taskId?: string;
  /** 0: the task ended well. */
  status?: number;
}

/** What the service says of a film at the end. */
export interface SeenFilm {
  exists: boolean;
  /** Of what its play address gives; null when that gives nothing. */
  sha1: string | null;
  /** Definitions that are listed, each with what is wrong with its files; null: all of them are there. */
  outputs: ReadonlyMap<number, string | null>;
}

/** What the service has acknowledged, from the outside. */
export class Ledger {
  readonly films = new Map<string, Film>();
  readonly events: SeenEvent[] = [];
  /** Events that have come, as type and film, and as type, film and task. */
  readonly #known = new Set<string>();
  /** Definitions of every task. */
  readonly #definitions: readonly number[];

  constructor(definitions: readonly number[]) {
    this.#definitions = definitions;
  }

  uploaded(fileId: string, sha1: string, { transcodes }: { transcodes: boolean }): void {
    this.films.set(fileId, { fileId, sha1, fate: 'kept', transcodes, taskIds: [] });
  }

  started(fileId: string, taskId: string): void {
    this.films.get(fileId)?.taskIds.push(taskId);
  }

  deleting(fileId: string): void {
    const film = this.films.get(fileId);
    if (film?.fate === 'kept') film.fate = 'perhaps deleted';
  }

  deleted(fileId: string): void {
    const film = this.films.get(fileId);
    if (film) film.fate = 'deleted';
  }

  told(event: SeenEvent): void {
    const { type, fileId, taskId } = event;
    this.events.push(event);
    this.#known.add(`${type} ${fileId}`).add(`${type} ${fileId} ${taskId}`);
  }

  /** Whether such an event has come, about any task or about this one. */
  has(type: string, fileId: string, taskId?: string): boolean {
    return this.#known.has(taskId === undefined ? `${type} ${fileId}` : `${type} ${fileId} ${taskId}`);
  }

  /** Events that are still owed, in words. */
  missingEvents(): string[] {
    return [...this.films.values()].flatMap(({ fileId, fate, transcodes, taskIds }) => {
      const owed = [`NewFileUpload ${fileId}`];
      if (transcodes) owed.push(`TranscodeComplete ${fileId}`);
      owed.push(...taskIds.map((taskId) => `TranscodeComplete ${fileId} ${taskId}`));
      if (fate === 'deleted') owed.push(`FileDeleted ${fileId}`);
      return owed.filter((one) => !this.#known.has(one)).map((one) => `the event ${one} never came`);
    });
  }

  /** Tasks that ended badly though their film was never to be deleted, in words. */
  failedTasks(): string[] {
    return this.events
      .filter(
        ({ type, status, fileId }) =>
          type === 'TranscodeComplete' && status !== 0 && this.films.get(fileId)?.fate === 'kept',
      )
      .map(({ fileId, taskId, status }) => `the task ${taskId} of ${fileId} failed with ${status}`);
  }

  /** What of one film is not as it was acknowledged, in words. */
  lossesOf(film: Film, seen: SeenFilm): string[] {
    const { fileId, fate } = film;
    if (fate === 'deleted')
      return seen.exists || seen.sha1 !== null ? [`${fileId} came back after its deletion`] : [];
    if (!seen.exists) return fate === 'kept' ? [`${fileId} is gone`] : [];
    if (seen.sha1 !== film.sha1) {
      return [
        `the bytes of ${fileId} are ${seen.sha1 === null ? 'gone' : `others: ${seen.sha1}, not ${film.sha1}`}`,
      ];
    }
    // A task that a deletion cancelled owes no outputs.
    const owes = fate === 'kept' && this.#endedWell(fileId);
    return [
      ...[...seen.outputs].flatMap(([definition, wrong]) =>
        wrong === null ? [] : [`output ${definition} of ${fileId}: ${wrong}`],
      ),
      ...(owes ? this.#definitions.filter((one) => !seen.outputs.has(one)) : []).map(
        (definition) => `output ${definition} of ${fileId} is gone, though its task ended well`,
      ),
    ];
  }

  #endedWell(fileId: string): boolean {
    return this.events.some(
      (event) => event.type === 'TranscodeComplete' && event.fileId === fileId && event.status === 0,
    );
  }
}
