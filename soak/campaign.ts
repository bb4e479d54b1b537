/** What a campaign hands back: what it tried, and what did not hold. */
export interface Outcome {
  /** What was tried and measured: a name, and a figure with its unit. */
  figures: [name: string, figure: string | number][];
  /** What had been acknowledged and is not so any more. */
  lost: string[];
  /** Promises and bounds that did not hold, and calls that got no answer. */
  broken: string[];
}

/** The campaign cannot run on this machine; says why, and what would help. */
export interface Skipped {
  skipped: string;
}

export interface Circumstances {
  /** The form of some seconds, which shows the same on less. */
  short: boolean;
  /** A number from 0 to 1, the same for the same seed. */
  random: () => number;
  /** A line on how far it is, for whoever watches. */
  say(line: string): void;
}

export interface Campaign {
  run(circumstances: Circumstances): Promise<Outcome | Skipped>;
}

/** How a campaign ended. A fault of the campaign itself is one that broke. */
export interface Ended {
  name: string;
  outcome: Outcome | Skipped;
  /** ms. */
  took: number;
}

/** Of everything that went wrong so many lines are shown; the number of all is always told. */
const SHOWN = 20;

/** The report of one campaign, in lines. */
export function report({ name, outcome, took }: Ended): string[] {
  if ('skipped' in outcome) return [`## ${name}: SKIPPED`, outcome.skipped];
  const { figures, lost, broken } = outcome;
  return [
    `## ${name}: ${passed(outcome) ? 'held' : 'DID NOT HOLD'} (${Math.round(took / 1000)} s)`,
    ...figures.map(([what, figure]) => `  ${what}: ${shown(figure)}`),
    `  lost: ${lost.length === 0 ? 'nothing' : lost.length}`,
    ...some(lost),
    `  broken: ${broken.length === 0 ? 'nothing' : broken.length}`,
    ...some(broken),
  ];
}

/** One row a campaign, for the page where figures are kept. */
export function table(all: readonly Ended[]): string[] {
  const rows = all.map(({ name, outcome }) => {
    if ('skipped' in outcome) return `| ${name} | skipped | | |`;
    const { figures, lost, broken } = outcome;
    const tried = figures.map(([what, figure]) => `${what} ${shown(figure)}`).join('; ');
    return `| ${name} | ${tried} | ${lost.length} | ${broken.length} |`;
  });
  return ['| campaign | tried and measured | lost | broken |', '|---|---|---|---|', ...rows];
}

/** 0 when all that could run held, else 1. */
export function exitCode(all: readonly Ended[]): number {
  return all.every(({ outcome }) => 'skipped' in outcome || passed(outcome)) ? 0 : 1;
}

function passed({ lost, broken }: Outcome): boolean {
  return lost.length === 0 && broken.length === 0;
}

function some(lines: readonly string[]): string[] {
  const more = lines.length - SHOWN;
  return [
    ...lines.slice(0, SHOWN).map((line) => `    ${line}`),
    ...(more > 0 ? [`    … and ${more} more`] : []),
  ];
}

function shown(figure: string | number): string {
  return typeof figure === 'number' ? figure.toLocaleString('en', { maximumFractionDigits: 1 }) : figure;
}
