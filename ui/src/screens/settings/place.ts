/** The folder of a path with its last separator, on any system. */
export function folderOf(path: string): string {
  const at = Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\"));
  return path.slice(0, at + 1);
}

/** The name of a file without folder and ending. */
export function stemOf(path: string): string {
  return path.slice(folderOf(path).length).replace(/\.comptoir(-backup)?$/i, "");
}

/** Where a backup goes if nothing else is said: beside the book, named by the minute, with an
 *  ending of its own so that it is never taken for a book. */
export function backupPlace(book: string, now: Date): string {
  const two = (value: number) => String(value).padStart(2, "0");
  const day = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  const time = `${two(now.getHours())}.${two(now.getMinutes())}.${two(now.getSeconds())}`;
  return `${folderOf(book)}${stemOf(book)} ${day} ${time}.comptoir-backup`;
}

/** What a backup is called once it is a book again: a daily copy by its book and its day. */
export function restoredName(backup: string): string {
  const daily = /([^/\\]+)\.comptoir-backups[/\\](\d{4}-\d{2}-\d{2}) [^/\\]*$/.exec(backup);
  return daily === null ? stemOf(backup) : `${daily[1]} ${daily[2]}`;
}
