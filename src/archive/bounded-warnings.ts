/** What can be odd about a file without spoiling the backup; the words are for the files that are only counted. */
const kinds = {
  gone: 'files and folders that were gone before they could be read',
  changed: 'files that changed while they were read',
  short: 'files that ended before their size',
  unreadable: 'files and folders that could not be read',
  special: 'sockets, pipes and devices',
  link: 'links that were kept as links',
  name: 'names and targets of links that are not UTF-8',
  renamed: 'files and folders that have another name in the archive',
  alike: 'names that differ from another only in capitals or in how accents are written',
  date: 'files and folders whose date the archive has no room for',
  excluded: 'included paths that an exclude leaves out',
} as const;

type Kind = keyof typeof kinds;

export interface BoundedWarnings {
  add(kind: Kind, sentence: string): void;
  /** Says how many of each kind were left unsaid. */
  close(): void;
}

const saidOfEachKind = 10;

/** Passes on the first ten of each kind and counts the others, so that a report stays short whatever happens. */
export function boundedWarnings(warn: (sentence: string) => void): BoundedWarnings {
  const counts = new Map<Kind, number>();

  return {
    add(kind, sentence) {
      const count = (counts.get(kind) ?? 0) + 1;
      counts.set(kind, count);
      if (count <= saidOfEachKind) warn(sentence);
    },
    close() {
      for (const [kind, count] of counts) {
        const unsaid = count - saidOfEachKind;
        if (unsaid > 0) warn(`And ${unsaid.toLocaleString('en-GB')} more ${kinds[kind]}.`);
      }
      counts.clear();
    },
  };
}
