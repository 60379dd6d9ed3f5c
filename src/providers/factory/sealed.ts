/** The text of a file that Droid sealed (`nonce:tag:text`, each in base64), with its key in base64; null where the two do not fit. */
export async function opened(sealed: string, key: string): Promise<string | null> {
  try {
    const [nonce, tag, text, ...rest] = sealed.trim().split(':').map(bytesOf);
    if (nonce === undefined || tag === undefined || text === undefined || rest.length > 0) return null;
    const opener = await crypto.subtle.importKey('raw', bytesOf(key), 'AES-GCM', false, ['decrypt']);
    const algorithm = {name: 'AES-GCM', iv: nonce, tagLength: tag.length * 8};
    return new TextDecoder().decode(await crypto.subtle.decrypt(algorithm, opener, new Uint8Array([...text, ...tag])));
  } catch {
    return null;
  }
}

const bytesOf = (base64: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64.trim()), letter => letter.charCodeAt(0));
