import {accessSync, constants} from 'node:fs';

/**
 * When Node cannot open the file of NODE_EXTRA_CA_CERTS, it says so on stderr with its first TLS connection. This makes it
 * say so now, before there is a screen to be written over. Loading the authorities takes a while, so only then.
 */
export async function announceMissingAuthorities({NODE_EXTRA_CA_CERTS: file} = process.env): Promise<void> {
  if (file && !isReadable(file)) (await import('node:tls')).createSecureContext();
}

function isReadable(file: string): boolean {
  try {
    accessSync(file, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}
