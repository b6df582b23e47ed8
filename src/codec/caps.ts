/** What one body may cost a parser, whoever sent it: bytes, nesting, entries of one container, values in all. */
export const caps = { bytes: 1_048_576, depth: 64, entries: 10_000, values: 50_000 } as const;
