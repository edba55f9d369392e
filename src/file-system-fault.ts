/** Why a file system refused something, in words that go behind a path. */
const reasons: Readonly<Record<string, string>> = {
  EACCES: 'you may not use it',
  EPERM: 'you may not use it',
  EEXIST: 'a file is there, and a folder is needed',
  ENOTDIR: 'a part of the path is a file, not a folder',
  EISDIR: 'a folder is there, and a file is needed',
  ENOENT: 'there is no such file or folder',
  ENOSPC: 'the disk is full',
  EDQUOT: 'your quota is used up',
  EROFS: 'the disk is read-only',
  EMFILE: 'too many files are open',
};

export type FileSystemFault = { readonly path: string; readonly reason: string };

/** The path and the reason of an error of the file system; undefined for every other error. */
export function fileSystemFault(error: unknown): FileSystemFault | undefined {
  if (!(error instanceof Error) || !('syscall' in error) || !('code' in error) || !('path' in error)) return undefined;
  const reason = reasons[String(error.code)];
  return reason === undefined ? undefined : { path: String(error.path), reason };
}
