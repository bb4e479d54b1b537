import type { z } from 'zod';

/** A kind of template: a file beside this one says everything about it, and `all.ts` lists it. */
export interface Kind<Body> {
  /**
   * What a template of this kind says, in internal units (bit/s, ms, px, Hz). Bodies are kept as JSON and read through it, so a
   * field that is added later needs a default, for the bodies that are there already.
   */
  body: z.ZodType<Body>;
  /** Templates that everybody has from the start, with ids below those of customers. */
  presets: readonly Preset<Body>[];
  /** How many an application may have beside the presets. */
  limit: number;
  /** The id of the first of those; `FIRST_OWN_ID` when left out. Presets have lower ones. */
  firstOwnId?: number;
}

export interface Preset<Body> {
  id: number;
  name: string;
  body: Body;
}

/** Exactly the fields of an interface, so that one which a schema forgets is a type error. */
export type FieldsOf<T> = { [Field in keyof Required<T>]: z.ZodType<T[Field]> };
