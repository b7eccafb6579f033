/** Where a file stands whose path is told from the folder of another; both with `/` between folders. */
export function besides(file: string, path: string): string {
  return file.slice(0, file.lastIndexOf('/') + 1) + path;
}
