/**
 * The program as one file with Node inside. That Node cannot be started as Node, and what lies beside the file is not
 * ours: it may be anybody's.
 */
const sea = () => process.getBuiltinModule('node:sea');

export const isSingleExecutable = (): boolean => sea().isSea();

/** Text of a file that was put into the executable, by its path in the package; null when there is none. */
export function carriedText(path: string): string | null {
  try {
    return sea().getAsset(path, 'utf8');
  } catch {
    return null;
  }
}
