import {promisify} from 'node:util';
import {ProviderError} from '../../core/model.ts';

/**
 * A body as it was before it was packed for the way; at most `cap` bytes of it are ever made. Throws what zlib throws
 * (`ERR_BUFFER_TOO_LARGE` beyond the cap), and `ProviderError` for a packing that nobody asked for.
 */
export async function unpacked(body: Buffer, encoding: string | null, cap: number): Promise<Buffer> {
  const packing = (encoding ?? '').trim().toLowerCase();
  if (body.length === 0 || packing === '' || packing === 'identity') return body;
  const {brotliDecompress, constants, gunzip, inflate, inflateRaw} = await import('node:zlib');
  const zlib = {maxOutputLength: cap, finishFlush: constants.Z_SYNC_FLUSH};
  switch (packing) {
    case 'gzip':
    case 'x-gzip':
      return promisify(gunzip)(body, zlib);
    case 'deflate':
    case 'x-deflate':
      // Some servers send the bare stream under that name; the other one begins with its method, 8.
      return promisify(((body[0] ?? 0) & 0x0f) === 8 ? inflate : inflateRaw)(body, zlib);
    case 'br':
      return promisify(brotliDecompress)(body, {maxOutputLength: cap, finishFlush: constants.BROTLI_OPERATION_FLUSH});
    default:
      throw new ProviderError('bad_response', {detail: 'the response has an unknown compression'});
  }
}
