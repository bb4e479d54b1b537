import type { Executor } from '../../database/index.ts';

/** Pictures for watermarks: an application is given an address, sends a picture there, and makes templates of it. */
export interface WatermarkPictures {
  /**
   * A new address that takes one picture, by PUT, for an hour.
   * @throws Refused `template.limit` when too many were asked for that nothing was made of
   */
  invite(appId: string, extension: PictureExtension, now: number): Promise<string>;
  /**
   * The object of a picture that was uploaded, by the address it was sent to or by its own.
   * @throws Refused `template.invalid`, of the field `imageKey`, when it is none of this service and application, or no picture
   */
  keyOf(appId: string, address: string): Promise<string>;
  /** The address of a picture, for those who want to see it. */
  addressOf(key: string): string;
}

export type PictureExtension = 'jpg' | 'png';

/** Receives one picture. */
export interface Incoming {
  appId: string;
  id: string;
  extension: string;
  sign: string;
}

/** Which pictures templates of an application name, so that they stay. */
export type KeysInUse = (db: Executor, appId: string) => Promise<Set<string>>;
