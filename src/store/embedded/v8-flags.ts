/**
 * Keeps V8 from optimizing WebAssembly: its optimizing compiler takes 600 MB for one function of PostgreSQL, and the code of its
 * baseline compiler is fast enough for a queue. All three are needed, as the first alone has no effect on Node 24 once it runs.
 * They hold for the whole process, so they are set only where PGlite is opened.
 */
export const baselineOnly = ['--liftoff-only', '--no-wasm-tier-up', '--no-wasm-dynamic-tiering'] as const;
