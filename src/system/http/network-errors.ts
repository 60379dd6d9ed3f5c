import {ProviderError, type RemedyCode} from '../../core/model.ts';

type Words = {detail: string; remedy: RemedyCode};

const byCode: Record<string, string> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection reset',
  ECONNABORTED: 'connection reset',
  EPIPE: 'connection reset',
  EKEPTRESET: 'connection reset',
  ENOTFOUND: 'host name not found',
  EAI_AGAIN: 'host name lookup failed',
  ETIMEDOUT: 'connection timed out',
  EHOSTUNREACH: 'host unreachable',
  ENETUNREACH: 'network unreachable',
  ENETDOWN: 'network is down',
  EADDRNOTAVAIL: 'network unreachable',
  EMFILE: 'too many open connections',
  ERR_STREAM_PREMATURE_CLOSE: 'the response was cut off',
  Z_BUF_ERROR: 'the response was cut off',
  EPROTO: 'TLS connection failed',
  EPROXY: 'it does not respond like a proxy',
};

// Nobody was there to hear of it: no name, no route, no open port (also of a proxy that does not run).
const reachesNobody =
  /\b(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENETDOWN|EADDRNOTAVAIL)\b/;

// Most often a proxy that looks into the traffic, whose certificate Node has not been told about.
const untrusted: Record<string, string> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'the certificate is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'the certificate chain is self-signed',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'the certificate is from an unknown issuer',
  UNABLE_TO_GET_ISSUER_CERT: 'the certificate is from an unknown issuer',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'the certificate is from an unknown issuer',
  CERT_UNTRUSTED: 'the certificate is not trusted',
  ERR_TLS_CERT_ALTNAME_INVALID: 'the certificate is for another host',
  HOSTNAME_MISMATCH: 'the certificate is for another host',
  CERT_HAS_EXPIRED: 'the certificate has expired (or this clock is wrong)',
  CERT_NOT_YET_VALID: 'the certificate is not valid yet (or this clock is wrong)',
  CERT_REVOKED: 'the certificate was revoked',
};

/** What went wrong below HTTP, in plain words; `proxy` is the one that the request went through. */
export function networkFailure(error: unknown, proxy: URL | null): ProviderError {
  if (error instanceof ProviderError) return error;
  const {type = '', code = '', message = ''} = error as {type?: string; code?: string; message?: string};
  if (type === 'max-size' || code === 'ERR_BUFFER_TOO_LARGE')
    return badAnswer('the response is larger than 1 MiB', error);
  if (/^(HPE_|Z_(?!BUF_ERROR)|ERR__ERROR_)/.test(code)) return badAnswer('the response is damaged', error);
  const unreachable = reachesNobody.test(`${code} ${message}`);
  return new ProviderError('network', {...wordsFor(code, message, proxy), unreachable, cause: error});
}

const badAnswer = (detail: string, cause: unknown) => new ProviderError('bad_response', {detail, cause});

function wordsFor(code: string, message: string, proxy: URL | null): Words {
  const certificate = untrusted[code];
  if (certificate !== undefined) return {detail: certificate, remedy: 'proxy'};
  if (code === 'PROXY_407') return {detail: 'the proxy requires a user name and password (407)', remedy: 'proxy'};
  if (code.startsWith('PROXY_')) return {detail: `the proxy refused (HTTP ${code.slice(6)})`, remedy: 'proxy'};
  if (proxy === null) return {detail: reasonFor(code, message), remedy: 'network'};
  // The SOCKS client tells the system's code only in its message, and its own verdicts in words.
  const reason = reasonFor(code || (/\bE[A-Z]{4,}\b/.exec(message)?.[0] ?? ''), message);
  return {detail: `proxy ${proxy.host}: ${reason}`, remedy: 'proxy'};
}

function reasonFor(code: string, message: string): string {
  if (/premature close/i.test(message)) return 'the response was cut off';
  if (/^ERR_(SSL|TLS)/.test(code)) return 'TLS connection failed';
  if (code === '' && /authentication/i.test(message)) return 'it requires a user name and password';
  if (code === '' && /rejected/i.test(message)) return 'it refused the connection';
  return byCode[code] ?? (code === '' ? 'no connection' : `no connection (${code})`);
}
