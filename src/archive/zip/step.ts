import type { Entry, FileVersion } from '../archive.ts';
import type { PackedBlock, PackedEntry } from './task.ts';

export type FileEntry = Extract<Entry, { kind: 'file' }>;

/** What an archive is made of, from its first to its last byte: entries that are complete, and large ones in parts. */
export type Step =
  | { readonly kind: 'entries'; readonly bytes: Uint8Array; readonly made: readonly Made[] }
  | Begin
  | { readonly kind: 'block'; readonly block: PackedBlock }
  | { readonly kind: 'end'; readonly file?: ReadVersions };

export interface Begin {
  readonly kind: 'begin';
  readonly entry: FileEntry;
  /** What its content may come to. */
  readonly mostInBytes: number;
}

/** What became of an entry. */
export interface Made extends PackedEntry {
  readonly entry: Entry;
}

/** A file as it was when its reading began and ended. */
export interface ReadVersions {
  readonly opened: FileVersion;
  readonly closed: FileVersion;
}

export async function blockStep(block: Promise<PackedBlock>): Promise<Step> {
  return { kind: 'block', block: await block };
}
