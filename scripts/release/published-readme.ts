/**
 * The README as it is published. The package has no docs/: its links lead to the repository, at this version. Without a
 * repository they lead nowhere, so that their words stay alone.
 */
export function publishedReadme(text: string, repository: string, version: string): string {
  const at = (kind: 'blob' | 'raw', path: string): string => `${repository}/${kind}/v${version}/${path}`;
  return text.replace(link, (whole, mark: string, words: string, path: string) => {
    if (/^(?:#|[a-z]+:)/.test(path)) return whole;
    if (repository !== '') return `${mark}[${words}](${at(mark === '!' ? 'raw' : 'blob', path)})`;
    return mark === '!' ? '' : words;
  });
}

const link = /(!?)\[([^\]]*)\]\(([^)\s]+)\)/g;
