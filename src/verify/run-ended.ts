/** A run cannot go on, for a reason that is nobody's bug: what was not verified by then is told with it. */
export class RunEnded extends Error {}
