import type { Executor } from '../database/index.ts';
import type { BodyOf, TemplateKind } from './kinds/all.ts';
import type { Patch } from './patch.ts';

/** What a number that callers name stands for. */
export interface Template<K extends TemplateKind = TemplateKind> {
  kind: K;
  id: number;
  name: string;
  description: string;
  body: BodyOf<K>;
  /** It is everybody's, and cannot be changed. */
  isPreset: boolean;
  /** ms since the epoch; null for presets, which were always there. */
  createdAt: number | null;
  updatedAt: number | null;
}

export interface NewTemplate<K extends TemplateKind> {
  name?: string;
  description?: string;
  body: BodyOf<K>;
}

/** What is left out stays as it is, also within the body. */
export interface TemplateChange<K extends TemplateKind> {
  name?: string;
  description?: string;
  body?: Patch<BodyOf<K>>;
  /** In place of `body`, where the change depends on what the body is now. It may refuse. */
  bodyFrom?: (before: BodyOf<K>) => Patch<BodyOf<K>>;
}

export interface TemplateList {
  /** Those of exactly this name. */
  name?: string;
  /** Those that come after this id in the list, whether it is still there or not. */
  after?: number;
  /** All when left out: an application has as many as its kind allows. */
  limit?: number;
}

/**
 * What other rooms may ask of templates: presets, and those of the application, never another's. Functions that take an
 * executor run in the caller's transaction, the others in one of their own.
 */
export interface Templates {
  /** Null when the application has no such template. */
  get<K extends TemplateKind>(db: Executor, appId: string, kind: K, id: number): Promise<Template<K> | null>;
  /** Those that there are, by id. Presets alone need no query. */
  getMany<K extends TemplateKind>(
    db: Executor,
    appId: string,
    kind: K,
    ids: readonly number[],
  ): Promise<Map<number, Template<K>>>;
  /**
   * All of them, in the order of their ids as given; a repeated id counts once.
   * @throws Refused `definition.notFound`, with the field `<kind>.definition`
   */
  require<K extends TemplateKind>(
    db: Executor,
    appId: string,
    kind: K,
    ids: readonly number[],
  ): Promise<Template<K>[]>;
  /** The application's own by id, then the presets by id. */
  list<K extends TemplateKind>(
    db: Executor,
    appId: string,
    kind: K,
    options?: TemplateList,
  ): Promise<Template<K>[]>;
  /**
   * Makes a template. Its id was never given before in the application and the kind, and is above those of presets.
   * @throws Refused `template.invalid`, `template.limit`, `parameter.refused`
   */
  create<K extends TemplateKind>(
    appId: string,
    kind: K,
    wish: NewTemplate<K>,
    now: number,
  ): Promise<Template<K>>;
  /** @throws Refused `template.notFound`, `template.builtIn`, `template.invalid`, `parameter.refused` */
  change<K extends TemplateKind>(
    appId: string,
    kind: K,
    id: number,
    change: TemplateChange<K>,
    now: number,
  ): Promise<Template<K>>;
  /**
   * Removes a template. Jobs that were asked with it keep what it said.
   * @throws Refused `template.notFound`, `template.builtIn`
   */
  remove(appId: string, kind: TemplateKind, id: number): Promise<void>;
}
