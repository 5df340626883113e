/** Joins a path of the repository and a part below it; `..` and `.` are resolved. */
export function joinPath(base: string, part: string): string {
  const parts: string[] = [];
  for (const piece of `${base}/${part}`.split("/")) {
    if (piece === "..") parts.pop();
    else if (piece !== "." && piece !== "") parts.push(piece);
  }
  return parts.join("/");
}

/** The folder that a path lies in. */
export function parentPath(path: string): string {
  return path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : "";
}
