/** Errors of the file system in plain English. Node's own message repeats the code and names a temporary path. */

const CAUSES: Readonly<Record<string, string>> = {
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  EROFS: 'the disk can only be read',
  ENOENT: 'there is no such folder, and none can be made there',
  ENOTDIR: 'a part of this path is a file, not a folder',
  EEXIST: 'a file of this name is there already',
  EISDIR: 'it is a folder, not a file',
  ELOOP: 'links lead in a circle',
  ENAMETOOLONG: 'the name is too long',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota of this user is used up',
};

/** A clause without a full stop; the error's own message for other codes. */
export function plainCause(thrown: unknown): string {
  const { code = '', message } = thrown as NodeJS.ErrnoException;
  return CAUSES[code] ?? message ?? String(thrown);
}
