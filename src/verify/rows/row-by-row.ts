/**
 * A statement that inserts one candidate after the other, up to `rows`, and leaves out those that are
 * refused;
 * `insert` takes the number of the candidate from the variable `candidate`. It fails with the last
 * reason when none was taken.
 */
export function oneByOne(insert: string, candidates: number, rows: number): string {
  const body = `DECLARE taken bigint := 0; inserted bigint; reason text := 'no row was taken';
BEGIN
  FOR candidate IN 0 .. ${candidates - 1} LOOP
    BEGIN
      ${insert};
      GET DIAGNOSTICS inserted = ROW_COUNT;
      taken := taken + inserted;
      EXIT WHEN taken >= ${rows};
    EXCEPTION WHEN OTHERS THEN reason := SQLERRM;
    END;
  END LOOP;
  IF taken = 0 THEN RAISE EXCEPTION '%', reason; END IF;
END`;
  const tag = dollarTag(body);
  return `DO ${tag}${body}${tag}`;
}

/** A statement of which nothing stays where it is refused, and that fails in no case. */
export function evenIfRefused(query: string): string {
  const body = `BEGIN ${query}; EXCEPTION WHEN OTHERS THEN NULL; END`;
  const tag = dollarTag(body);
  return `DO ${tag}${body}${tag}`;
}

/** The same while no trigger fires; PostgreSQL lets only some roles do that. */
export function withoutTriggers(query: string): string {
  return `BEGIN; SET LOCAL session_replication_role = replica; ${query}; COMMIT`;
}

/** A mark of dollar quotes that the text does not hold. */
function dollarTag(text: string): string {
  let tag = "$rows$";
  for (let n = 0; text.includes(tag); n += 1) tag = `$rows${n}$`;
  return tag;
}
