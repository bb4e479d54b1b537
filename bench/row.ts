/** One figure. `ours` and `reference` are in the unit that the label names; `ok` says whether the aim is met. */
export interface Row {
  label: string;
  ours: number;
  reference: number;
  ratio: number;
  aim: string;
  ok: boolean;
}
