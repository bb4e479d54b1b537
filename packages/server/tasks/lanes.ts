/**
 * What a flow needs while it is worked on: the processors of a machine, or others, whose files come over a network. The flows of a
 * lane have places of their own, so those that wait for a network hold up none that could use a processor, and the other way round.
 */
export const LANES = ['work', 'transfer'] as const;

export type Lane = (typeof LANES)[number];

/** How many flows of each lane a process works on at once; 0 leaves them to others. */
export type Places = Readonly<Record<Lane, number>>;
