const KiB = 1024;

/** Files up to here are read and compressed in one go, and have their sizes before their content. */
export const wholeInBytes = 4 * KiB * KiB;

/** Larger content is compressed in parts of this size, each in a thread of its own. */
export const blockInBytes = KiB * KiB;

/** So much small content is handed to a thread at once, … */
export const batchInBytes = 512 * KiB;

/** … or so many entries. */
export const entriesInBatch = 128;

/** How much content may be on its way for each thread, and twice that besides: it is what memory is used for. */
export const onTheWayInBytes = 2 * KiB * KiB;

/** What an entry without content counts for on its way, with its name and facts. */
export const entryOnTheWayInBytes = KiB;
