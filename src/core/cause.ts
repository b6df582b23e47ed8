/** The run of ours that an event came of, and how many runs led there one after another, itself included. */
export type Cause = { readonly run: string; readonly depth: number };
