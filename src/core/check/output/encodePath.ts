/** A path with `/` between its folders as a URI reference. */
export function encodePath(path: string): string {
  // Halves of surrogate pairs, which some file systems allow, have no encoding.
  return path
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .split('/')
    .map(encodeURIComponent)
    .join('/');
}
