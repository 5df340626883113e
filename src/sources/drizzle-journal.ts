/** An entry of Drizzle's `meta/_journal.json`. */
export interface JournalEntry {
  /** The name of its file, without the ending. */
  readonly tag: string;
  /** When it was made, in ms since 1970: the migrator runs what is later than the last that ran. */
  readonly when: number;
}

export interface Journal {
  /** `postgresql`, `mysql`, `sqlite` …; `pg` in old ones. */
  readonly dialect: string | undefined;
  readonly entries: readonly JournalEntry[];
}

/** Reads a journal; undefined where the text is none. */
export function readJournal(text: string): Journal | undefined {
  const journal = parsed(text);
  if (!isRecord(journal) || !Array.isArray(journal["entries"])) return undefined;
  const entries: JournalEntry[] = [];
  for (const entry of journal["entries"] as readonly unknown[]) {
    if (!isRecord(entry)) return undefined;
    const { tag, when } = entry;
    if (typeof tag !== "string" || typeof when !== "number") return undefined;
    entries.push({ tag, when });
  }
  const { dialect } = journal;
  return { dialect: typeof dialect === "string" ? dialect : undefined, entries };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/** An entry that databases pass over which have run another one, as that is not earlier. */
export interface SkippedEntry {
  readonly entry: JournalEntry;
  /** The latest of those before it. */
  readonly latest: JournalEntry;
}

/** The entries that are not later than one before them. */
export function skippedEntries(entries: readonly JournalEntry[]): SkippedEntry[] {
  const skipped: SkippedEntry[] = [];
  let latest: JournalEntry | undefined;
  for (const entry of entries) {
    if (latest !== undefined && entry.when <= latest.when) skipped.push({ entry, latest });
    else latest = entry;
  }
  return skipped;
}
